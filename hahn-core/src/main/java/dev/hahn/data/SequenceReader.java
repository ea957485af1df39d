package dev.hahn.data;

import dev.hahn.spin.PulseSequence;
import dev.hahn.spin.PulseSequence.CycleStep;
import dev.hahn.spin.PulseSequence.Delay;
import dev.hahn.spin.PulseSequence.Event;
import dev.hahn.spin.PulseSequence.Pulse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Pulse sequences as they are written in an experiment file: a list of events or a short form. */
final class SequenceReader {
  /** An event as a function of the free parameters; its length in steps is fixed. */
  private interface EventAt extends Function<double[], Event> {}

  private static final int MAX_ECHOES = 10_000;

  private SequenceReader() {}

  static Part<PulseSequence> read(Fields f) {
    PartReader in = new PartReader(f);
    double dt = f.constant("dt");
    String kind = f.kind(List.of("events", "fid", "hahn", "solid", "stimulated", "cpmg"));
    List<CycleStep> cycle = f.has("phase-cycle") ? cycle(f.objects("phase-cycle")) : List.of();
    f.finish();
    List<EventAt> events =
        switch (kind) {
          case "events" -> events(f.objects("events"), in);
          case "fid" -> fid(f.object("fid"), in);
          case "solid" -> twoPulses(f.object("solid"), in, 90);
          case "stimulated" -> stimulated(f.object("stimulated"), in);
          case "cpmg" -> cpmg(f.object("cpmg"), in);
          default -> twoPulses(f.object("hahn"), in, 180);
        };
    return in.part(
        v -> new PulseSequence(dt, events.stream().map(event -> event.apply(v)).toList(), cycle));
  }

  private static List<EventAt> events(List<Fields> list, PartReader in) {
    List<EventAt> events = new ArrayList<>();
    for (Fields item : list) {
      String kind = item.kind(List.of("pulse", "delay"));
      item.finish();
      Fields f = item.object(kind);
      if (kind.equals("pulse")) {
        events.add(pulse(in.number(f, "angle"), in.number(f, "phase", 0), f.integer("steps", 0)));
      } else {
        Delay delay =
            new PartReader(f)
                .part(
                    v ->
                        new Delay(
                            f.integer("steps"),
                            f.flag("acquire", true),
                            f.flag("acquire-start", false)))
                .at(new double[0]);
        events.add(v -> delay);
      }
      f.finish();
    }
    return events;
  }

  private static EventAt pulse(Expression angle, Expression phase, int steps) {
    return v -> new Pulse(angle.at(v), phase.at(v), steps);
  }

  private static EventAt delay(int steps, boolean acquireStart) {
    return v -> new Delay(steps, true, acquireStart);
  }

  /** Free induction decay: a pulse, then acquisition. */
  private static List<EventAt> fid(Fields f, PartReader in) {
    EventAt pulse = pulse(in.number(f, "angle", 90), in.number(f, "phase", 0), 0);
    EventAt decay = delay(f.integer("steps"), f.flag("acquire-start", false));
    f.finish();
    return List.of(pulse, decay);
  }

  /**
   * Two-pulse echo: pulse, tau, pulse, 2 tau (or {@code after} steps), all acquired. The Hahn
   * echo's second pulse is 180 degrees about y, the solid echo's 90 (Powles and Mansfield 1962).
   */
  private static List<EventAt> twoPulses(Fields f, PartReader in, double secondAngle) {
    int tau = f.integer("tau");
    int after = f.has("after") ? f.integer("after") : twice(tau);
    boolean start = f.flag("acquire-start", false);
    EventAt first = pulse(in.number(f, "angle1", 90), in.number(f, "phase1", 0), 0);
    EventAt second = pulse(in.number(f, "angle2", secondAngle), in.number(f, "phase2", 90), 0);
    f.finish();
    return List.of(first, delay(tau, start), second, delay(after, start));
  }

  private static int twice(int steps) {
    return Math.clamp(2L * steps, 0, Integer.MAX_VALUE);
  }

  /**
   * Stimulated echo (Hahn 1950): three pulses about x, tau and {@code mixing} between them, then 2
   * tau (or {@code after} steps).
   */
  private static List<EventAt> stimulated(Fields f, PartReader in) {
    int tau = f.integer("tau");
    int mixing = f.integer("mixing");
    int after = f.has("after") ? f.integer("after") : twice(tau);
    Expression angle = in.number(f, "angle", 90);
    f.finish();
    EventAt pulse = v -> Pulse.ideal(angle.at(v), 0);
    return List.of(
        pulse, delay(tau, false), pulse, delay(mixing, false), pulse, delay(after, false));
  }

  /**
   * Carr, Purcell, Meiboom and Gill: a pulse about x, tau, then {@code echoes} times a pulse about
   * y and 2 tau.
   */
  private static List<EventAt> cpmg(Fields f, PartReader in) {
    int tau = f.integer("tau");
    int echoes = f.integer("echoes");
    if (echoes < 1 || echoes > MAX_ECHOES) {
      throw f.error("echoes", "a whole number from 1 to " + MAX_ECHOES);
    }
    Expression first = in.number(f, "angle1", 90);
    Expression angle = in.number(f, "angle2", 180);
    f.finish();
    EventAt refocus = v -> Pulse.ideal(angle.at(v), 90);
    EventAt echo = delay(twice(tau), false);
    List<EventAt> events = new ArrayList<>();
    events.add(v -> Pulse.ideal(first.at(v), 0));
    events.add(delay(tau, false));
    for (int k = 0; k < echoes; k++) {
      events.add(refocus);
      events.add(echo);
    }
    return events;
  }

  private static List<CycleStep> cycle(List<Fields> list) {
    List<CycleStep> steps = new ArrayList<>();
    for (Fields item : list) {
      List<Double> phases = item.numbers("phases");
      double receiver = item.constant("receiver");
      item.finish();
      steps.add(new PartReader(item).part(v -> new CycleStep(phases, receiver)).at(new double[0]));
    }
    return steps;
  }
}
