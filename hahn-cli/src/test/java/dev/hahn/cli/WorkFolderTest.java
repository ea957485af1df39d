package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hahn.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkFolderTest {
  @TempDir Path folder;

  /**
   * Files that an interrupt closes are told as unreadable input, which is none to begin anew for.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsDoneIsKeptIfTheProcessEnds(boolean stopping) {
    CalibrateCommand command = new CalibrateCommand();
    command.hahn = new Hahn();
    command.hahn.stopping = () -> stopping;
    Path model = folder.resolve("model.onnx");
    try (WorkFolder work = WorkFolder.of(model, new WorkFolder.Existing(), command)) {
      assertThatThrownBy(() -> work.make(WorkFolderTest::half)).hasMessage("part-00000.h5");
    }
    assertThat(Files.exists(folder.resolve("model.onnx.work/done"))).isEqualTo(stopping);
    assertThat(command.hahn.afterInterrupt.get()).contains("is kept in " + model + ".work");
  }

  private static void half(Path work) {
    try {
      Files.createFile(work.resolve("done"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new InputException("part-00000.h5");
  }
}
