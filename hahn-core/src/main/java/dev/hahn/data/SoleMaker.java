package dev.hahn.data;

import dev.hahn.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process from making the same file or folder at the same time, which would write to
 * the same unfinished files. A lock of the operating system on NAME.lock beside it: of a process
 * that was killed nothing stays locked.
 */
public final class SoleMaker implements AutoCloseable {
  private final Path lock;
  private final @Nullable FileChannel channel;
  private final List<Path> parents;

  private SoleMaker(Path lock, @Nullable FileChannel channel, List<Path> parents) {
    this.lock = lock;
    this.channel = channel;
    this.parents = parents;
  }

  /**
   * Locks what is to be made, until this is closed, and makes the folders that it is to lie in.
   * Where nothing can be locked, for want of a file system that does or of the right to write
   * there, goes on without.
   *
   * @param made the file or folder, which need not exist
   * @throws InputException if another is making it
   */
  public static SoleMaker of(Path made) {
    Path full = made.toAbsolutePath().normalize();
    Path lock = full.resolveSibling(full.getFileName() + ".lock");
    List<Path> parents = missingParents(lock);
    FileChannel channel;
    try {
      if (!parents.isEmpty()) {
        Files.createDirectories(parents.getFirst());
      }
      channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      return new SoleMaker(lock, null, parents);
    }
    SoleMaker maker = new SoleMaker(lock, channel, parents);
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

  /** The folders that are not there and that a file is to lie in, the innermost first. */
  private static List<Path> missingParents(Path file) {
    List<Path> missing = new ArrayList<>();
    for (Path folder = file.getParent();
        folder != null && !Files.exists(folder);
        folder = folder.getParent()) {
      missing.add(folder);
    }
    return missing;
  }

  /** Lets others make it. Of the folders that were made for it, those stay that hold something. */
  @Override
  public void close() {
    try {
      if (channel != null) {
        Files.deleteIfExists(lock); // while it is ours
        channel.close();
      }
      for (Path folder : parents) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      // an empty file is left, which nobody holds, or a folder that holds something
    }
  }
}
