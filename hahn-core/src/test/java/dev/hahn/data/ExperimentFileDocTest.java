package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page that describes experiment files says what the reader does. */
class ExperimentFileDocTest {
  private static final String SMALL =
      PresetFileTest.SMALL + "line:\n  shape: {lorentzian: {fwhm: 0.05}}\n";

  private String page;

  @BeforeEach
  void read() throws IOException {
    page = Files.readString(Path.of("../docs/experiment-file.md"));
  }

  @Test
  void itsExampleIsAValidPreset() {
    Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(block.find()).isTrue();
    Preset preset = Preset.parse(block.group(1), "the example");
    assertThat(preset.names()).containsExactly("alpha", "xi", "d", "tilt");
    assertThat(preset.times()).hasSize(471);
  }

  /** The reader lists the kinds it knows when it meets an unknown one: the page must have them. */
  @Test
  void everyKindOfKernelPriorShapeAndSequenceIsDescribed() {
    assertDescribed("{gaussian: {xi: 2}}");
    assertDescribed("{uniform: {low: 0, high: 0.2}}");
    assertDescribed("hahn: {tau: 5}");
    assertDescribed("{lorentzian: {fwhm: 0.05}}");
  }

  private void assertDescribed(String known) {
    String bad = SMALL.replace(known, known.startsWith("{") ? "{zzz: {}}" : "zzz: 1");
    assertThat(bad).isNotEqualTo(SMALL);
    try {
      Preset.parse(bad, "test");
    } catch (InputException e) {
      String list = e.getMessage().substring(e.getMessage().indexOf("one of ") + 7);
      assertThat(list.split(", ")).hasSizeGreaterThan(2);
      for (String kind : list.split(", ")) {
        assertThat(page).contains("`" + kind + "`");
      }
      return;
    }
    throw new AssertionError("zzz was accepted");
  }
}
