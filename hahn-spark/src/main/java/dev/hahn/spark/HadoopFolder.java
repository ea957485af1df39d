package dev.hahn.spark;

import dev.hahn.data.Engine;
import dev.hahn.data.Folder;
import dev.hahn.data.UnfinishedDataset;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/** A folder on any file system that Hadoop knows. */
final class HadoopFolder implements Folder {
  private final FileSystem files;
  private final Path path;

  /**
   * @param uri as {@link #uri} gives it
   */
  HadoopFolder(String uri, Configuration configuration) throws IOException {
    path = new Path(uri);
    FileSystem found = path.getFileSystem(configuration);
    // The local file system would put a checksum file beside each; shards carry their own.
    files = found instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : found;
  }

  /** The URI of an output folder; one without a scheme is of this machine. */
  static String uri(String out) {
    return Engine.localFolder(out)
        .map(folder -> folder.toAbsolutePath().normalize().toUri().toString())
        .orElse(out);
  }

  @Override
  public boolean exists() throws IOException {
    return files.exists(path);
  }

  @Override
  public boolean isFolder() throws IOException {
    try {
      return files.getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  @Override
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (FileStatus status : files.listStatus(path)) {
      names.add(status.getPath().getName() + (status.isFile() ? "" : "/"));
    }
    return names;
  }

  @Override
  public void create() throws IOException {
    if (!files.mkdirs(path)) {
      throw new IOException("the folder cannot be made");
    }
  }

  @Override
  public void delete(String name) throws IOException {
    files.delete(new Path(path, name), false);
  }

  @Override
  public void delete() throws IOException {
    files.delete(path, false);
  }

  @Override
  public String read(String name) throws IOException {
    try (InputStream in = files.open(new Path(path, name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void write(String name, String text) throws IOException {
    commit(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Copies a file of the folder to this machine. */
  void fetch(String name, java.nio.file.Path to) throws IOException {
    try (InputStream in = files.open(new Path(path, name))) {
      Files.copy(in, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** What writes a file. */
  @FunctionalInterface
  interface Body {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes a file to a temporary name that is this attempt's own, then renames it. When another
   * attempt has put the file there meanwhile, that one stays: their bytes are the same.
   */
  void commit(String name, Body body) throws IOException {
    Path target = new Path(path, name);
    Path temporary = new Path(path, UnfinishedDataset.temporaryName(name));
    try {
      try (FSDataOutputStream out = files.create(temporary, false)) {
        body.write(out);
        if (out.hasCapability(StreamCapabilities.HSYNC)) {
          out.hsync();
        }
      }
      if (!files.rename(temporary, target) && !files.exists(target)) {
        throw new IOException("the file system did not rename " + temporary);
      }
    } finally {
      files.delete(temporary, false);
    }
  }

  @Override
  public String toString() {
    return path.toUri().getScheme().equals("file") ? path.toUri().getPath() : path.toString();
  }
}
