package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hahn.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoleMakerTest {
  @TempDir Path temp;

  /** Also where the folder that it is to lie in is not there yet. */
  @Test
  void aSecondMakerIsRefused() {
    for (String name : new String[] {"out", "new/of/all/out"}) {
      Path made = temp.resolve(name);
      try (SoleMaker _ = SoleMaker.of(made)) {
        assertThatThrownBy(() -> SoleMaker.of(made))
            .isInstanceOf(InputException.class)
            .hasMessageStartingWith(made + ": expected to be alone in making it");
      }
      try (SoleMaker _ = SoleMaker.of(made)) {
        assertThat(made).doesNotExist();
      }
    }
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void foldersThatHoldSomethingStay() throws Exception {
    Path made = temp.resolve("new/out");
    try (SoleMaker _ = SoleMaker.of(made)) {
      Files.writeString(made, "made");
    }
    assertThat(temp.resolve("new")).isDirectoryContaining(made::equals);
    assertThat(made).hasContent("made");
  }
}
