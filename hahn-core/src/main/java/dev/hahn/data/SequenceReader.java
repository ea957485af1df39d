package dev.hahn.data;

import dev.hahn.spin.PulseSequence;
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

  private SequenceReader() {}

  static Part<PulseSequence> read(Fields f) {
    PartReader in = new PartReader(f);
    double dt = f.constant("dt");
    String kind = f.kind("events", "fid", "hahn");
    f.finish();
    List<EventAt> events =
        switch (kind) {
          case "events" -> events(f.objects("events"), in);
          case "fid" -> fid(f.object("fid"), in);
          default -> hahn(f.object("hahn"), in);
        };
    return in.part(
        v -> new PulseSequence(dt, events.stream().map(event -> event.apply(v)).toList()));
  }

  private static List<EventAt> events(List<Fields> list, PartReader in) {
    List<EventAt> events = new ArrayList<>();
    for (Fields item : list) {
      String kind = item.kind("pulse", "delay");
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

  /** Hahn echo: pulse, tau, pulse, 2 tau (or {@code after} steps), all acquired. */
  private static List<EventAt> hahn(Fields f, PartReader in) {
    int tau = f.integer("tau");
    int after = f.has("after") ? f.integer("after") : Math.clamp(2L * tau, 0, Integer.MAX_VALUE);
    boolean start = f.flag("acquire-start", false);
    EventAt first = pulse(in.number(f, "angle1", 90), in.number(f, "phase1", 0), 0);
    EventAt second = pulse(in.number(f, "angle2", 180), in.number(f, "phase2", 90), 0);
    f.finish();
    return List.of(first, delay(tau, start), second, delay(after, start));
  }
}
