package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.Progress;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Preset PRESET = Preset.named("challenge-2020");

  @TempDir Path folder;

  /** What a model does not see is not shown as if it did. */
  @Test
  void ofAMagnitudeNothingElseIsShown() throws Exception {
    String complex = page(false);
    assertThat(complex)
        .contains("Magnetization M(t) of test")
        .contains("line in Re M and Im M")
        .contains("time from the start of the sequence");
    String magnitude = page(true);
    assertThat(magnitude)
        .contains("Magnitude |M(t)| of test")
        .contains("line in |M|.")
        .doesNotContain("Im M");
  }

  /** The text of figures is of one size: pages scroll where they are narrow. */
  @Test
  void figuresAreNotShrunkToNothing() throws Exception {
    assertThat(page(false)).contains("max-width: 1170px; min-width: 819px");
  }

  /** On paper nothing scrolls: what is wider than a page is made narrower, not cut off. */
  @Test
  void figuresAndTablesArePrintedWhole() throws Exception {
    String page = page(false);
    String print = page.substring(page.indexOf("@media print"), page.indexOf("</style>"));
    assertThat(print)
        .contains("figure, .table { overflow: visible; }")
        .contains("figure img { min-width: 0 !important; }")
        .contains("th, td { padding: 4px 6px; white-space: normal; }")
        .contains("pre { white-space: pre-wrap; }");
  }

  private String page(boolean magnitude) throws Exception {
    LabelledCurves test = Generator.simulate(DatasetSpec.drawn(PRESET, 4, 1), 1, Progress.NONE);
    Score score = Scoring.of(PRESET, null, test.labels(), test.labels());
    Report report =
        new Report(
            "title",
            "summary",
            PRESET.parameters(),
            Scoring.typicalSequence(PRESET),
            test.curves(),
            magnitude,
            test.labels(),
            List.of(new ModelResult("truth", "", test.labels(), score, Double.NaN)),
            new Reading(471, new double[4][1]),
            List.of(),
            true,
            List.of(),
            Map.of(),
            "");
    return Files.readString(report.write(folder));
  }
}
