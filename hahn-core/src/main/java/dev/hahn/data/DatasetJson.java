package dev.hahn.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hahn.InputException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The JSON of a data set: its specification and where it comes from. */
final class DatasetJson {
  /** Raised when an older program could no longer read the folder. */
  static final int FORMAT = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  /** {@link DatasetSpec} as it is written. */
  private record Spec(
      String preset,
      Long count,
      Long seed,
      Integer shardSize,
      double @Nullable [] @Nullable [] labels) {}

  /** dataset.json as it is written. */
  private record Whole(Integer format, Spec spec, Provenance provenance) {}

  /** What dataset.json says. */
  record Content(DatasetSpec spec, Provenance provenance) {}

  private DatasetJson() {}

  static String text(DatasetSpec spec) {
    return write(written(spec));
  }

  static String text(Content content) {
    return write(new Whole(FORMAT, written(content.spec()), content.provenance()));
  }

  private static Spec written(DatasetSpec spec) {
    return new Spec(
        spec.preset().yaml(), spec.count(), spec.seed(), spec.shardSize(), spec.labels());
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static DatasetSpec spec(String json, String subject) {
    return spec(read(json, Spec.class, subject), subject);
  }

  static Content content(String json, String subject) {
    Whole whole = read(json, Whole.class, subject);
    require(whole.format(), subject, "format");
    require(whole.spec(), subject, "spec");
    require(whole.provenance(), subject, "provenance");
    requireComplete(whole.provenance(), subject);
    if (whole.format() != FORMAT) {
      throw new InputException(
          subject
              + ": format: expected "
              + FORMAT
              + ", found "
              + whole.format()
              + "; was it written by a newer Hahn?");
    }
    return new Content(spec(whole.spec(), subject), whole.provenance());
  }

  private static DatasetSpec spec(Spec spec, String subject) {
    require(spec.preset(), subject, "spec.preset");
    require(spec.count(), subject, "spec.count");
    require(spec.seed(), subject, "spec.seed");
    require(spec.shardSize(), subject, "spec.shardSize");
    Preset preset = Preset.parse(spec.preset(), subject + ": spec.preset");
    try {
      return new DatasetSpec(preset, spec.count(), spec.seed(), spec.shardSize(), spec.labels());
    } catch (InputException e) {
      throw new InputException(subject + ": spec: " + e.getMessage(), e);
    }
  }

  private static void requireComplete(Provenance p, String subject) {
    for (String value : Arrays.asList(p.hahn(), p.java(), p.os(), p.time(), p.command())) {
      require(value, subject, "provenance.hahn, java, os, time and command");
    }
  }

  private static void require(@Nullable Object value, String subject, String field) {
    if (value == null) {
      throw new InputException(subject + ": " + field + ": expected a value, found nothing");
    }
  }

  private static <T> T read(String json, Class<T> type, String subject) {
    try {
      T value = JSON.readValue(json, type);
      require(value, subject, "content");
      return value;
    } catch (JsonMappingException e) {
      String path =
          e.getPath().stream()
              .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
              .collect(Collectors.joining("."));
      throw new InputException(
          subject + ": " + path + (path.isEmpty() ? "" : ": ") + e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      throw new InputException(
          subject
              + ": expected JSON, found other text ("
              + e.getOriginalMessage()
              + "); get an undamaged copy",
          e);
    }
  }
}
