package dev.hahn.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam (Kingma and Ba, arXiv 1412.6980) with decoupled weight decay, a limit on the gradient's
 * norm, and a running average of the parameters, whose state can be saved: the library's own keeps
 * its state to itself, and a training that was interrupted could not go on as if it had not been.
 */
final class Adam {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.98f;
  private static final float EPSILON = 1e-8f;
  private static final float LARGEST_GRADIENT = 5;
  private static final double AVERAGE = 0.999;

  private final List<NDArray> parameters;

  /** The same memory as the parameters, outside the tape of gradients. */
  private final List<NDArray> values;

  private final List<NDArray> first = new ArrayList<>();
  private final List<NDArray> second = new ArrayList<>();
  private final List<NDArray> averages = new ArrayList<>();
  private final float decay;
  private long steps;

  /**
   * An optimizer that has done nothing yet.
   *
   * @param parameters to be optimized; changed by {@link #step}
   * @param decay of weight matrices, per unit of learning rate
   */
  Adam(List<NDArray> parameters, float decay, NDManager manager) {
    this.parameters = parameters;
    values = parameters.stream().map(NDArray::stopGradient).toList();
    this.decay = decay;
    parameters.forEach(p -> clear(p.getGradient())); // the library leaves them as the memory was
    for (NDArray p : values) {
      first.add(manager.zeros(p.getShape()));
      second.add(manager.zeros(p.getShape()));
      NDArray average = manager.zeros(p.getShape());
      average.addi(p);
      averages.add(average);
    }
  }

  /** The parameters' memory, outside the tape of gradients. */
  List<NDArray> parameters() {
    return values;
  }

  /** Running averages of the parameters. */
  List<NDArray> averages() {
    return averages;
  }

  /** Everything but the parameters that the next step depends on, in a fixed order. */
  List<NDArray> state() {
    List<NDArray> state = new ArrayList<>(first);
    state.addAll(second);
    state.addAll(averages);
    return state;
  }

  long steps() {
    return steps;
  }

  void resumeAt(long steps) {
    this.steps = steps;
  }

  /**
   * Moves the parameters against their gradients, and clears these.
   *
   * @param scope frees what is made on the way
   */
  void step(float rate, NDManager scope) {
    steps++;
    List<NDArray> gradients = new ArrayList<>();
    for (NDArray p : parameters) {
      NDArray gradient = p.getGradient();
      gradient.attach(scope);
      gradients.add(gradient);
    }
    NDArray total = null;
    for (NDArray gradient : gradients) {
      NDArray square = gradient.square().sum();
      total = total == null ? square : total.add(square);
    }
    double squares = total == null ? 0 : total.getFloat();
    if (!Double.isFinite(squares)) {
      gradients.forEach(Adam::clear);
      return; // one batch that overflowed must not ruin the rest
    }
    float clip = (float) Math.min(1, LARGEST_GRADIENT / Math.sqrt(squares + 1e-30));
    float c1 = (float) (1 - Math.pow(BETA1, (double) steps));
    float c2 = (float) (1 - Math.pow(BETA2, (double) steps));
    double keep = Math.min(AVERAGE, (1.0 + steps) / (10.0 + steps));
    for (int i = 0; i < parameters.size(); i++) {
      // Results belong to the manager of the left operand: without these they would never be freed.
      NDArray p = within(scope, values.get(i));
      NDArray m = within(scope, first.get(i));
      NDArray v = within(scope, second.get(i));
      NDArray g = gradients.get(i);
      if (clip < 1) {
        g.muli(clip);
      }
      m.muli(BETA1).addi(g.mul(1 - BETA1));
      v.muli(BETA2).addi(g.square().muli(1 - BETA2));
      NDArray size = v.div(c2).sqrt().addi(EPSILON);
      NDArray move = m.mul(rate / c1).divi(size);
      if (decay > 0 && p.getShape().dimension() > 1) {
        p.muli(1 - rate * decay);
      }
      p.subi(move);
      averages.get(i).muli((float) keep).addi(p.mul((float) (1 - keep)));
      clear(g);
    }
  }

  /** The same memory, under another manager. */
  static NDArray within(NDManager scope, NDArray array) {
    NDArray same = array.stopGradient();
    same.attach(scope);
    return same;
  }

  /** Sets to 0 whatever was there, NaN too. */
  private static void clear(NDArray gradient) {
    gradient.set(new NDIndex("..."), 0f);
  }
}
