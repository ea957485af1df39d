package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a checkout of its own, whose jar only echoes what it is given, so that the test
 * starts no build of Hahn while one is running.
 */
class LauncherTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  /** Prints its arguments and a property, and exits with 7. */
  public static final class Echo {
    private Echo() {}

    public static void main(String[] args) {
      System.out.println(String.join("|", args) + "|" + System.getProperty("ai.djl.offline"));
      System.exit(7);
    }
  }

  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void checkout() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "the launcher is a bash script");
    root = folder.resolve("a checkout");
    for (String name : new String[] {"hahn", "config/find-java.sh", "pom.xml"}) {
      Files.createDirectories(root.resolve(name).getParent());
      Files.copy(
          REPOSITORY.resolve(name),
          root.resolve(name),
          java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
    for (String module : new String[] {"hahn-core", "hahn-learn", "hahn-cli"}) {
      Files.createDirectories(root.resolve(module).resolve("src/main"));
      Files.writeString(root.resolve(module).resolve("pom.xml"), "");
    }
  }

  @Test
  void passesArgumentsAndExitCodeThroughALinkFromAnyFolder() throws Exception {
    jar(root.resolve("hahn-cli/target/hahn.jar"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("hahn"));

    Finished run = run(folder, Map.of(), link.toString(), "two words", "--x=*");

    assertThat(run.code).isEqualTo(7);
    assertThat(run.out).contains("two words|--x=*|true");
    assertThat(run.out).doesNotContain("building");
  }

  @Test
  void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
    jar(folder.resolve("ready.jar"));
    Path tools = Files.createDirectories(folder.resolve("tools"));
    Path mvn = tools.resolve("mvn");
    Files.writeString(
        mvn,
        """
        #!/bin/bash
        echo built >> '%1$s/builds'
        mkdir -p hahn-cli/target && cp '%1$s/ready.jar' hahn-cli/target/hahn.jar
        """
            .formatted(folder));
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> path = Map.of("PATH", tools + ":" + System.getenv("PATH"));
    String hahn = root.resolve("hahn").toString();

    Finished first = run(folder, path, hahn, "a");
    Finished second = run(folder, path, hahn, "b");
    assertThat(first.out).contains("hahn: building").contains("a|true");
    assertThat(second.out).doesNotContain("building").contains("b|true");
    assertThat(folder.resolve("builds")).hasContent("built");

    Path source = Files.writeString(root.resolve("hahn-core/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(run(folder, path, hahn, "c").out).contains("hahn: building").contains("c|true");
    assertThat(folder.resolve("builds")).hasContent("built\nbuilt");
  }

  /** Java refuses an archive of classes of another jar, but does not replace it. */
  @Test
  void keepsTheClassesOfEachBuild() throws Exception {
    Path archive = root.resolve("hahn-cli/target/classes.jsa");
    Path jar = root.resolve("hahn-cli/target/hahn.jar");
    String hahn = root.resolve("hahn").toString();
    jar(jar);
    run(folder, Map.of(), hahn, "predict");
    assertThat(archive).isNotEmptyFile();
    FileTime kept = Files.getLastModifiedTime(archive);

    run(folder, Map.of(), hahn, "predict");
    assertThat(Files.getLastModifiedTime(archive)).isEqualTo(kept);

    FileTime built = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(archive, FileTime.from(built.toInstant().minusSeconds(60)));
    assertThat(run(folder, Map.of(), hahn, "score").code).isEqualTo(7);
    assertThat(archive).doesNotExist();
    run(folder, Map.of(), hahn, "predict");
    assertThat(archive).isNotEmptyFile();
  }

  @Test
  void saysThatMavenIsMissing() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : new String[] {"bash", "dirname", "readlink", "sed", "mkdir", "find"}) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    Finished run =
        run(
            folder,
            Map.of("PATH", tools.toString(), "JAVA_HOME", System.getProperty("java.home")),
            root.resolve("hahn").toString());
    assertThat(run.code).isEqualTo(1);
    assertThat(run.out).contains("no mvn on the PATH").contains("install Maven");
  }

  private record Finished(int code, String out) {}

  private static Finished run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes());
    return new Finished(process.waitFor(), out);
  }

  private static void jar(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
    String entry = Echo.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
        var bytes = Echo.class.getClassLoader().getResourceAsStream(entry)) {
      jar.putNextEntry(new JarEntry(entry));
      bytes.transferTo(jar);
    }
  }
}
