package dev.hahn.data;

import java.io.IOException;
import java.util.List;

/**
 * A folder in which a data set is made, on this machine or on a file system of a cluster. Its
 * {@code toString} is what errors call it.
 */
public interface Folder {
  /** Whether there is something of its name, a folder or not. */
  boolean exists() throws IOException;

  /** Whether it is there and a folder. */
  boolean isFolder() throws IOException;

  /** The names of all that lies in it; those of folders end with a slash. */
  List<String> names() throws IOException;

  /** Makes it, and those above it. */
  void create() throws IOException;

  /** Deletes a file in it. */
  void delete(String name) throws IOException;

  /** Deletes the empty folder itself. */
  void delete() throws IOException;

  /** The content of a text file in it, UTF-8. */
  String read(String name) throws IOException;

  /** Writes a text file that appears whole or not at all, UTF-8. */
  void write(String name, String text) throws IOException;
}
