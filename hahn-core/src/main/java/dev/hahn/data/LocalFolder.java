package dev.hahn.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder of this machine. */
record LocalFolder(Path path) implements Folder {
  @Override
  public boolean exists() {
    return Files.exists(path);
  }

  @Override
  public boolean isFolder() {
    return Files.isDirectory(path);
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> file.getFileName() + (Files.isRegularFile(file) ? "" : "/"))
          .toList();
    }
  }

  @Override
  public void create() throws IOException {
    Files.createDirectories(path);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(path.resolve(name));
  }

  @Override
  public void delete() throws IOException {
    Files.delete(path);
  }

  @Override
  public String read(String name) throws IOException {
    return Files.readString(path.resolve(name));
  }

  @Override
  public void write(String name, String text) {
    AtomicFile.write(path.resolve(name), file -> Files.writeString(file, text));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
