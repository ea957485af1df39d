package dev.hahn.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every training has in common: the data is checked before, the model described after. */
public final class Training {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Training() {}

  static OnnxModel run(Trainer trainer, LabelledCurves data, long seed, Progress progress) {
    check(data);
    Instant start = Instant.now();
    OnnxGraph graph = trainer.fit(data, seed, progress);
    Duration time = Duration.between(start, Instant.now());
    return described(trainer.id(), data.preset(), data.rows(), seed, time, graph);
  }

  /**
   * A trained graph as a model, with where it comes from.
   *
   * @param id of the kind of model
   * @param curves learned from
   * @param time that the training took
   */
  public static OnnxModel described(
      String id, Preset preset, long curves, long seed, Duration time, OnnxGraph graph) {
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("model", id);
    provenance.put("preset", preset.id());
    provenance.put("curves", curves);
    provenance.put("samples", graph.samples());
    provenance.put("seed", seed);
    provenance.putAll(graph.notes());
    provenance.put("seconds", time.toMillis() / 1000.0);
    provenance.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    provenance.put("java", Runtime.version().toString());
    provenance.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch"));

    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(OnnxModel.MODEL, id);
    metadata.put(OnnxModel.PRESET, preset.yaml());
    metadata.put(OnnxModel.TIMES, json(preset.times()));
    metadata.put(OnnxModel.PROVENANCE, json(provenance));
    return new OnnxModel(graph.bytes(), metadata);
  }

  private static void check(LabelledCurves data) {
    int rows = data.curves().rows();
    if (rows < 2) {
      throw new InputException(
          "training data: expected at least 2 curves, found %d; simulate more".formatted(rows));
    }
    CurveCheck.check(data.curves(), data.preset().times().length);
    int parameters = data.preset().parameters().size();
    for (int row = 0; row < rows; row++) {
      CurveCheck.row("labels", data.labels()[row], row, parameters);
    }
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a note of the model cannot be written as JSON", e);
    }
  }
}
