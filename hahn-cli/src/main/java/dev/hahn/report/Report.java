package dev.hahn.report;

import dev.hahn.data.AtomicFile;
import dev.hahn.data.Curves;
import dev.hahn.data.Parameter;
import dev.hahn.spin.PulseSequence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All that a report shows.
 *
 * @param title heading
 * @param summary what was done, one or two sentences
 * @param parameters what was predicted, in the preset's order
 * @param sequence pulses and time grid of the curves
 * @param curves the test curves
 * @param magnitude whether the models see |M| alone
 * @param truth their true parameters, [rows][parameters]
 * @param models the models and their answers, best first, at least one
 * @param reading when in time the best model reads each parameter
 * @param details what else there is to see of the model, in order; may be empty
 * @param unseen whether it is certain that no model has seen the test curves before
 * @param notes caveats that the reader must not miss; may be empty
 * @param provenance seed, versions, machine, times: names and values in order
 * @param specification the preset's YAML text
 */
public record Report(
    String title,
    String summary,
    List<Parameter> parameters,
    PulseSequence sequence,
    Curves curves,
    boolean magnitude,
    double[][] truth,
    List<ModelResult> models,
    Reading reading,
    List<Panel> details,
    boolean unseen,
    List<String> notes,
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
    List<Panel> panels = panels();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Panel panel : panels) {
      if (panel instanceof Figure figure) {
        files.put(figure.name() + ".png", figure.png());
      }
    }
    files.put(PAGE, ReportPage.of(this, panels).getBytes(StandardCharsets.UTF_8));
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      AtomicFile.write(folder.resolve(file.getKey()), path -> Files.write(path, file.getValue()));
    }
    return folder.resolve(PAGE);
  }

  /** What the page shows, in its order. */
  private List<Panel> panels() {
    TimeAxis time = new TimeAxis(sequence);
    List<Panel> panels = new ArrayList<>();
    if (!quantities(parameters).isEmpty()) { // else both would be blank
      panels.add(PredictionFigure.of(parameters, truth, models, unseen));
      panels.add(ErrorFigure.of(parameters, truth, models));
    }
    panels.addAll(details);
    Curves seen = magnitude ? magnitudes() : curves;
    panels.add(EchoFigure.of(parameters, seen, magnitude, truth, time));
    panels.add(
        ImportanceFigure.of(parameters, seen, magnitude, truth, models.getFirst(), reading, time));
    return panels;
  }

  /** |M| in the place of Re M. */
  private Curves magnitudes() {
    double[][] sizes = new double[curves.rows()][curves.samples()];
    for (int i = 0; i < sizes.length; i++) {
      for (int t = 0; t < sizes[i].length; t++) {
        sizes[i][t] = Math.hypot(curves.real()[i][t], curves.imag()[i][t]);
      }
    }
    return new Curves(sizes, new double[curves.rows()][curves.samples()]);
  }

  /** Places of the parameters that are quantities, not choices. */
  static List<Integer> quantities(List<Parameter> parameters) {
    return IntStream.range(0, parameters.size())
        .filter(k -> !parameters.get(k).isChoice())
        .boxed()
        .toList();
  }
}
