package dev.hahn.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A master and two workers of one core each, in processes of their own on 127.0.0.1. */
final class StandaloneCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final String url;

  StandaloneCluster(Path folder) throws IOException {
    this.folder = folder;
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      port = free.getLocalPort();
    }
    url = "spark://" + HOST + ":" + port;
    String[] at = {"--host", HOST, "--webui-port", "0"};
    start("master", "master.Master", with(at, "--port", Integer.toString(port)));
    for (String worker : new String[] {"worker-1", "worker-2"}) {
      Path work = folder.resolve(worker);
      start(
          worker,
          "worker.Worker",
          with(at, "--cores", "1", "--memory", "600m", "--work-dir", work.toString(), url));
    }
  }

  private static List<String> with(String[] first, String... then) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(then));
    return all;
  }

  private void start(String name, String main, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@../config/spark.options",
                "-Dlog4j2.configurationFile=classpath:org/apache/spark/log4j2-defaults.properties",
                "-Xmx256m",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1", // starts sooner
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.spark.deploy." + main));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("SPARK_LOCAL_DIRS", folder.resolve("scratch").toString());
    processes.add(builder.start());
  }

  /** Its URL for {@code --master}. */
  String url() {
    return url;
  }

  /** The processes that run tasks now: the children of the workers. */
  List<ProcessHandle> executors() {
    return processes.stream()
        .skip(1)
        .flatMap(Process::children)
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** What the processes and their executors said, for a test that fails. */
  String logs() {
    StringBuilder logs = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().matches(".*(log|stderr)")).toList()) {
        logs.append(file).append(":\n").append(Files.readString(file));
      }
    } catch (IOException e) {
      logs.append(e);
    }
    return logs.toString();
  }

  @Override
  public void close() {
    executors().forEach(ProcessHandle::destroyForcibly);
    for (Process process : processes) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
