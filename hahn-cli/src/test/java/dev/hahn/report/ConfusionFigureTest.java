package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.report.ConfusionFigure.Cells;
import java.awt.Font;
import java.awt.FontMetrics;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionFigureTest {
  private static final FontMetrics BOLD =
      Plot.pen(Plot.canvas(1, 1)).getFontMetrics(Plot.font(Font.BOLD, 13));

  private static final FontMetrics PLAIN =
      Plot.pen(Plot.canvas(1, 1)).getFontMetrics(Plot.font(Font.PLAIN, 12));

  @Test
  void fewChoicesShareAPanel() {
    Cells cells = Cells.of(List.of("power-law", "gaussian", "rkky", "uniform"));
    assertThat(cells).isEqualTo(new Cells(84, 70, 70, 4));
    assertThat(cells.panel(1)).isEqualTo(384);
    assertThat(cells.bottom()).isEqualTo(342);
  }

  /** Of twelve, each had 23 points for the 48 of its share, and 23 lines that need 29. */
  @Test
  void manyChoicesHaveRoomForTheirShares() {
    Cells cells = Cells.of(Collections.nCopies(12, "n"));
    assertThat(cells.width()).isGreaterThan(BOLD.stringWidth("99.6 %"));
    assertThat(cells.height() / 2 - 16).isGreaterThan(0);
    assertThat(cells.panel(1) - cells.panel(0)).isGreaterThan((int) (12 * cells.width()));
  }

  @Test
  void longNamesAreSeenWhole() {
    String name = "antiferromagnetic neighbours";
    Cells cells = Cells.of(List.of(name, "uniform", "none"));
    assertThat(cells.left() - 8).isGreaterThan(PLAIN.stringWidth(name));
    assertThat(cells.width()).isGreaterThan(PLAIN.stringWidth(name));
  }
}
