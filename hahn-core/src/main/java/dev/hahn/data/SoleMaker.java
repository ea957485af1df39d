package dev.hahn.data;

import dev.hahn.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process from making the same file or folder at the same time, which would write to
 * the same unfinished files. A lock of the operating system on NAME.lock beside it: of a process
 * that was killed nothing stays locked.
 */
public final class SoleMaker implements AutoCloseable {
  private final Path lock;
  private final @Nullable FileChannel channel;

  private SoleMaker(Path lock, @Nullable FileChannel channel) {
    this.lock = lock;
    this.channel = channel;
  }

  /**
   * Locks what is to be made, until this is closed. Where nothing can be locked, for want of a file
   * system that does or of the right to write there, goes on without.
   *
   * @param made the file or folder, which need not exist
   * @throws InputException if another is making it
   */
  public static SoleMaker of(Path made) {
    Path full = made.toAbsolutePath().normalize();
    Path lock = full.resolveSibling(full.getFileName() + ".lock");
    FileChannel channel;
    try {
      channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      return new SoleMaker(lock, null);
    }
    SoleMaker maker = new SoleMaker(lock, channel);
    try {
      if (channel.tryLock() != null) {
        return maker;
      }
    } catch (OverlappingFileLockException e) {
      // by another thread of this process
    } catch (IOException e) {
      return maker;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // the lock is not ours
    }
    throw new InputException(
        made
            + ": expected to be alone in making it, found another process that does; wait until it"
            + " is done, stop it, or choose another --out");
  }

  /** Lets others make it. */
  @Override
  public void close() {
    if (channel == null) {
      return;
    }
    try {
      Files.deleteIfExists(lock); // while it is ours
      channel.close();
    } catch (IOException e) {
      // an empty file is left, which nobody holds
    }
  }
}
