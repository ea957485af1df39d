package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Generator.Existing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that the operating system refuses, as on a full disk or in a read-only folder. */
class FullDiskTest {
  @TempDir Path temp;

  /**
   * A limit on the size of files lets the first shard's write fail midway, as a full disk would.
   */
  @Test
  void aWriteThatEndsMidwayLeavesNothing() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash and its ulimit");
    Path out = temp.resolve("out");
    Path log = temp.resolve("log");
    Process process =
        GeneratorProcess.start(
            out, 2, log, "/bin/bash", "-c", "ulimit -f 1; exec \"$@\"", "limited");
    assertThat(process.waitFor()).as(Files.readString(log)).isEqualTo(GeneratorProcess.UNUSABLE);
    assertThat(Files.readString(log)).contains("cannot be written").doesNotContain("\tat ");
    assertThat(out).doesNotExist();
  }

  @Test
  void aReadOnlyFolderIsRefused() throws Exception {
    Path parent = Files.createDirectory(temp.resolve("parent"));
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeTrue(!Files.isWritable(parent), "a superuser writes anywhere");
    assertRefused(parent.resolve("out"));
  }

  @Test
  void aReadOnlyFileSystemIsRefused() throws Exception {
    Path system = Path.of("/sys");
    assumeTrue(
        Files.isDirectory(system) && Files.getFileStore(system).isReadOnly(),
        "needs a read-only file system");
    assertRefused(system.resolve("out"));
  }

  /** Where nobody may make folders, not even a superuser. */
  @Test
  void aFileSystemWithoutRoomForFoldersIsRefused() throws IOException {
    Path system = Path.of("/proc");
    assumeTrue(Files.isDirectory(system), "needs /proc");
    assertRefused(system.resolve("out"));
  }

  private static void assertRefused(Path out) throws IOException {
    for (Existing existing : Existing.values()) {
      assertThatThrownBy(
              () ->
                  Generator.generate(
                      SmallSpecs.drawn(5, 5),
                      out,
                      existing,
                      1,
                      SmallSpecs.PROVENANCE,
                      Progress.NONE))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(out + ": cannot be written");
    }
    assertThat(out).doesNotExist();
    assertThatThrownBy(() -> TextFiles.writeRows(out, new double[][] {{1}}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be written");
  }
}
