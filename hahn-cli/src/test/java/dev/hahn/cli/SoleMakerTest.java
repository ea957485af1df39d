package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.data.SoleMaker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two commands that write the same results at a time would mix them. */
class SoleMakerTest {
  @TempDir Path folder;

  @Test
  void whatAnotherMakesIsLeftToIt() throws Exception {
    Tiny tiny = Tiny.in(folder);
    Path out = tiny.at("new/out");
    String[] commands = {
      "sweep --preset " + tiny.preset() + " --vary alpha=0:0.1:2",
      "limits --preset " + tiny.preset() + " --points 1 --simulations 30",
      "fit --preset " + tiny.preset() + " --from-prior --noise 1e-3 --data " + tiny.train(),
      "report --model " + tiny.model() + " --data " + tiny.train(),
      "simulate --format text --preset " + tiny.preset() + " --count 2",
      "simulate --preset " + tiny.preset() + " --count 2",
      "demo"
    };
    for (String command : commands) {
      assertRefused(command + " --out " + out, out);
    }
    String predict = "predict --model " + tiny.model() + " --data " + tiny.train() + " --out ";
    Path answer = tiny.at("answer.txt");
    assertRefused(predict + answer, answer);
    assertRefused(predict + answer + " --intervals " + tiny.at("i.csv"), tiny.at("i.csv"));
    assertRefused(predict + answer + " --samples " + tiny.at("s.csv"), tiny.at("s.csv"));
    assertThat(tiny.files()).noneMatch(name -> name.matches("new.*|answer.*|.*lock|.*tmp"));
    tiny.ok("sweep --preset", tiny.preset(), "--vary alpha=0:0.1:2 --out", out);
    assertThat(tiny.files()).contains("new/out/statistics.csv").doesNotContain("new/out.lock");
  }

  private static void assertRefused(String command, Path made) {
    try (SoleMaker _ = SoleMaker.of(made)) {
      Outcome outcome = Outcome.of(command);
      assertThat(outcome.code()).as(command).isEqualTo(Hahn.UNREADABLE_INPUT);
      assertThat(outcome.err()).contains(made + ": expected to be alone in making it");
    }
  }
}
