package dev.hahn.spark;

import dev.hahn.data.Engine;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** How Spark is set up; what a user or {@code spark-submit} set stays. */
final class Settings {
  private Settings() {}

  static SparkConf of(Engine.Job job) {
    SparkConf conf = new SparkConf();
    conf.setIfMissing("spark.app.name", "hahn simulate");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.master", "local[" + job.threads() + "]");
    if (job.master() != null) {
      conf.setMaster(job.master());
    }
    if (conf.get("spark.master").startsWith("local")) {
      // The name of this machine need not resolve.
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    } else {
      conf.set(
          "spark.jars",
          Stream.concat(Stream.of(conf.get("spark.jars", "").split(",")), jars().stream())
              .filter(jar -> !jar.isEmpty())
              .distinct()
              .collect(Collectors.joining(",")));
    }
    return conf;
  }

  /** This module and what its manifest names: all that executors need beside Spark. */
  static List<String> jars() {
    try {
      Path own =
          Path.of(Settings.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!own.toString().endsWith(".jar")) {
        return List.of(); // compiled classes, in a test
      }
      try (JarFile jar = new JarFile(own.toFile())) {
        Attributes manifest = jar.getManifest().getMainAttributes();
        String named = manifest.getValue(Attributes.Name.CLASS_PATH);
        return Stream.concat(
                Stream.of(own),
                Stream.of(named == null ? new String[0] : named.split(" "))
                    .map(own::resolveSibling))
            .map(Path::toFile)
            .filter(File::exists)
            .map(File::getAbsolutePath)
            .toList();
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e); // a code source is a URI
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
