package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hahn.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkIdentityTest {
  @TempDir private Path folder;

  @Test
  void aFolderIsOfTheWorkThatBeganInIt() throws IOException {
    WorkIdentity.requireSame(folder, "one");
    Files.writeString(folder.resolve("rows"), "of one");
    assertThatCode(() -> WorkIdentity.requireSame(folder, "one")).doesNotThrowAnyException();
    assertThatThrownBy(() -> WorkIdentity.requireSame(folder, "another"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found another one's");
  }
}
