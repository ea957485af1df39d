package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hahn.Progress;
import dev.hahn.data.Generator.Existing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes that the operating system refuses, as on a full disk or in a read-only folder. */
class FullDiskTest {
  @TempDir Path temp;

  /**
   * A limit on the size of files, in kilobytes, lets a write fail midway as a full disk would: of
   * the description, or of the first shard.
   */
  @ParameterizedTest
  @CsvSource({"0, ''", "1, part-0000"})
  void aWriteThatEndsMidwayLeavesNothing(int kilobytes, String file) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash and its ulimit");
    Path out = temp.resolve("out");
    Path log = temp.resolve("log"); // which cannot be written under a limit of 0
    String limited = "ulimit -f " + kilobytes + "; exec \"$@\"";
    Process process = GeneratorProcess.start(out, 2, log, "/bin/bash", "-c", limited, "limited");
    assertThat(process.waitFor()).as(Files.readString(log)).isEqualTo(GeneratorProcess.UNWRITABLE);
    if (!file.isEmpty()) {
      assertThat(Files.readString(log)).contains(file, "cannot be written");
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void aFullDiskIsCalledOneWhereverItIsNoticed() {
    Path file = temp.resolve("rows.txt");
    IOException full = new IOException("No space left on device");
    for (UncheckedIOException thrown :
        List.of(
            new UncheckedIOException(full),
            new UncheckedIOException("No space left on device", full))) {
      assertThatThrownBy(
              () ->
                  AtomicFile.write(
                      file,
                      path -> {
                        throw thrown;
                      }))
          .hasMessage(file + ": cannot be written: No space left on device");
    }
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
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(out + ": cannot be written");
    }
    assertThat(out).doesNotExist();
    assertThatThrownBy(() -> TextFiles.writeRows(out, new double[][] {{1}}))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot be written");
  }
}
