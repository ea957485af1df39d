package dev.hahn.learn;

import dev.hahn.InputException;
import java.util.List;
import java.util.stream.Collectors;

/** The models there are. A new one is a {@link Trainer} and a line here. */
public final class Models {
  private static final List<Trainer> ALL =
      List.of(
          new MeanTrainer(),
          new WinnersTrainer(),
          OrganisersTrainer.OF_2020,
          OrganisersTrainer.OF_2024,
          new Hahn10kTrainer());

  private Models() {}

  /** Every model, in the order they are listed. */
  public static List<Trainer> all() {
    return ALL;
  }

  /**
   * The model with the given id.
   *
   * @throws InputException if there is none
   */
  public static Trainer named(String id) {
    return ALL.stream()
        .filter(trainer -> trainer.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "model: expected one of %s, found %s"
                        .formatted(
                            ALL.stream().map(Trainer::id).collect(Collectors.joining(", ")), id)));
  }
}
