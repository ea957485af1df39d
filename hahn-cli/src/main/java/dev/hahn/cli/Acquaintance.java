package dev.hahn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hahn.data.DatasetSpec;
import dev.hahn.learn.Estimator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether a model knows the curves that it is judged by, as far as its file and theirs tell.
 *
 * @param excluded whether it certainly has not seen them
 * @param warning what a reader must know if it has; empty if nothing tells that
 */
record Acquaintance(boolean excluded, String warning) {
  private static final String CONSEQUENCE =
      " its errors and its coverage look better here than they are. Judge it by curves of another"
          + " seed.";

  /** Of a model with the curves in a folder. */
  static Acquaintance of(Estimator model, Path folder) {
    ObjectNode data = model.data();
    Optional<DatasetSpec> made = DataFolder.spec(folder);
    boolean sameName = folder.toString().equals(data.path("folder").asText());
    if (made.isEmpty() || (sameName && !data.has("seed"))) {
      return sameName
          ? new Acquaintance(
              false,
              "The model has learned from a folder of this name, %s; if these are the same curves,"
                      .formatted(folder)
                  + CONSEQUENCE)
          : new Acquaintance(false, "");
    }
    DatasetSpec spec = made.get();
    JsonNode calibrating = model.calibrationData().path("seed");
    List<Long> learned = model.learnedSeeds();
    boolean given = spec.labels() != null;
    boolean givenThen = data.path("labels").asText().equals("given");
    // calibrate takes drawn parameters only, and so does a model that simulates for itself
    boolean learnedFrom = learned.contains(spec.seed()) && given == givenThen;
    boolean calibratedBy = isOf(spec, calibrating) && !given;
    boolean seen = spec.preset().equals(model.preset()) && (learnedFrom || calibratedBy);
    if (seen) {
      return new Acquaintance(
          false,
          "The model has learned from curves of this preset and seed (%d), or was calibrated by them:"
                  .formatted(spec.seed())
              + CONSEQUENCE);
    }
    // a model that went on from another may not tell all of that one's seeds
    boolean tells = !learned.isEmpty() && !model.training().has("after");
    boolean sameSeed = learned.contains(spec.seed()) || isOf(spec, calibrating);
    return new Acquaintance(tells && !sameSeed, "");
  }

  private static boolean isOf(DatasetSpec spec, JsonNode seed) {
    return seed.isIntegralNumber() && seed.asLong() == spec.seed();
  }
}
