package dev.hahn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Engine;
import dev.hahn.data.Generator.Existing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopFolderTest {
  @TempDir Path temp;

  /** A file system of another name that, as HDFS, does not rename onto a file. */
  public static final class Elsewhere extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("elsewhere:///");
    }

    @Override
    public String getScheme() {
      return "elsewhere";
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      return !exists(to) && super.rename(from, to);
    }
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.elsewhere.impl", Elsewhere.class.getName());
    return configuration;
  }

  private HadoopFolder folder(String scheme) throws IOException {
    return new HadoopFolder(scheme + temp.toUri().getRawPath(), configuration());
  }

  /** As a retried or speculative task does: both end well, and one file is there. */
  @Test
  void aSecondAttemptChangesNothing() throws IOException {
    for (String scheme : new String[] {"file://", "elsewhere://"}) {
      HadoopFolder folder = folder(scheme);
      folder.commit("part-00000.h5", late -> folder.write("part-00000.h5", "same"));
      assertThat(folder.names()).containsExactly("part-00000.h5");
      folder.delete("part-00000.h5");
    }
  }

  @Test
  void aFileThatFailsIsNotThere() throws IOException {
    HadoopFolder folder = folder("elsewhere://");
    assertThatThrownBy(
            () ->
                folder.commit(
                    "a",
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("full");
                    }))
        .hasMessage("full");
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void pathsWithoutASchemeAreOfThisMachine() {
    assertThat(HadoopFolder.uri("data")).isEqualTo(Path.of("data").toAbsolutePath().toUri() + "");
    assertThat(HadoopFolder.uri("hdfs://host:8020/data")).isEqualTo("hdfs://host:8020/data");
    assertThat(Engine.localFolder("file:///a%20b")).contains(Path.of("/a b"));
    assertThat(Engine.localFolder("s3a://bucket/a")).isEmpty();
  }

  @Test
  void dataSetsGoToAnyFileSystem() throws Exception {
    DatasetSpec spec = Small.drawn(25, 10);
    System.setProperty("spark.hadoop.fs.elsewhere.impl", Elsewhere.class.getName());
    try {
      String out = "elsewhere://" + temp.toUri().getRawPath() + "a b";
      Engine.Job job = new Engine.Job(spec, out, Existing.REFUSE, 2, "local[2]", Small.PROVENANCE);
      new SparkEngine().generate(job, Progress.NONE);
      Small.assertSame(temp.resolve("a b"), Small.local(spec, temp.resolve("local"), 1));
      Files.write(temp.resolve("a b/part-00001.h5"), new byte[50]);
      new SparkEngine()
          .generate(
              new Engine.Job(spec, out, Existing.RESUME, 2, "local[2]", Small.PROVENANCE),
              Progress.NONE);
      Small.assertSame(temp.resolve("a b"), temp.resolve("local"));
    } finally {
      System.clearProperty("spark.hadoop.fs.elsewhere.impl");
    }
    assertThatThrownBy(
            () ->
                new SparkEngine()
                    .generate(
                        new Engine.Job(
                            spec, "nowhere://a/b", Existing.REFUSE, 2, null, Small.PROVENANCE),
                        Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nowhere://a/b");
  }
}
