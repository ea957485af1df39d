package dev.hahn.data;

import dev.hahn.InputException;
import dev.hahn.Progress;
import java.nio.file.Path;

/** This machine as an engine; see {@link Generator}. */
public final class LocalEngine implements Engine {
  /** For the service loader. */
  public LocalEngine() {}

  @Override
  public String id() {
    return "local";
  }

  @Override
  public void generate(Job job, Progress progress) throws InterruptedException {
    Path folder =
        Engine.localFolder(job.out())
            .orElseThrow(
                () ->
                    new InputException(
                        job.out()
                            + ": expected a folder of this machine; other file systems are written"
                            + " with --engine spark"));
    Generator.generate(
        job.spec(), folder, job.existing(), job.threads(), job.provenance(), progress);
  }
}
