package dev.hahn.report;

import dev.hahn.data.Curves;
import dev.hahn.data.Parameter;
import dev.hahn.spin.PulseSequence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a report shows.
 *
 * @param title heading
 * @param summary what was done, one or two sentences
 * @param parameters what was predicted, in the preset's order
 * @param sequence pulses and time grid of the curves
 * @param curves the test curves
 * @param truth their true parameters, [rows][parameters]
 * @param models the models and their answers, best first, at least one
 * @param reading when in time the best model reads each parameter
 * @param note a caveat that the reader must not miss; empty if there is none
 * @param provenance seed, versions, machine, times: names and values in order
 * @param specification the preset's YAML text
 */
public record Report(
    String title,
    String summary,
    List<Parameter> parameters,
    PulseSequence sequence,
    Curves curves,
    double[][] truth,
    List<ModelResult> models,
    Reading reading,
    String note,
    Map<String, String> provenance,
    String specification) {

  /** Name of the page in the report's folder. */
  public static final String PAGE = "report.html";

  /**
   * Writes the page and, beside it, each figure as PNG. Files of these names are replaced; each
   * appears complete or not at all, the page last.
   *
   * @param folder where to write; made if absent
   * @return the page
   */
  public Path write(Path folder) throws IOException {
    List<Figure> figures = figures();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Figure figure : figures) {
      files.put(figure.name() + ".png", figure.png());
    }
    files.put(PAGE, ReportPage.of(this, figures).getBytes(StandardCharsets.UTF_8));
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      replace(folder.resolve(file.getKey()), file.getValue());
    }
    return folder.resolve(PAGE);
  }

  /** The figures, in the order of the page. */
  List<Figure> figures() {
    TimeAxis time = new TimeAxis(sequence);
    return List.of(
        PredictionFigure.of(parameters, truth, models),
        ErrorFigure.of(parameters, truth, models),
        EchoFigure.of(parameters, curves, truth, time),
        ImportanceFigure.of(parameters, curves, truth, models.getFirst(), reading, time));
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.write(temporary, content);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
