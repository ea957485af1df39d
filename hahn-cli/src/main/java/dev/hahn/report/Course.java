package dev.hahn.report;

/**
 * How a training went.
 *
 * @param losses on curves held out after each epoch; may be empty
 * @param further whether another network went on learning
 * @param averaged whether the model is the mean of that one and of what became of it
 */
public record Course(double[] losses, boolean further, boolean averaged) {
  /** What the losses are of. */
  String words() {
    String learned =
        "Loss on curves held out, mean over them, after each epoch: smaller is better."
            + " Where it rises towards the end, there were too few curves for so many epochs.";
    int best = 0;
    for (int i = 1; i < losses.length; i++) {
      best = losses[i] < losses[best] ? i : best;
    }
    if (!averaged) {
      learned += " The model is the network as it was best, after epoch %d.".formatted(best + 1);
    }
    if (!further) {
      return learned;
    }
    return learned
        + " A trained network went on learning; what it did before is not shown"
        + (averaged
            ? ". The model is the mean of its weights before and after, whose loss is not shown"
                + " either."
            : ".");
  }
}
