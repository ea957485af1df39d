package dev.hahn.cli;

import picocli.CommandLine.IVersionProvider;

/** Versions of Hahn and of the Java that runs it. */
final class Version implements IVersionProvider {
  /** Version of Hahn as built, or "development" when it runs from loose classes. */
  static String ofHahn() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "hahn " + ofHahn(), "Java " + System.getProperty("java.vm.version"),
    };
  }
}
