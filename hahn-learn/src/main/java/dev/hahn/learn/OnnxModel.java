package dev.hahn.learn;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.hahn.InputException;
import dev.hahn.data.AtomicFile;
import dev.hahn.data.InputFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trained model: an ONNX graph and what is known about it. As a file it is an ordinary ONNX model
 * that any ONNX runtime reads, with the metadata in its {@code metadata_props} and a checksum, so
 * that a damaged file is refused before a native library sees it.
 *
 * @param graph the ONNX model without metadata, not to be modified
 * @param metadata by key, see the constants; without the checksum
 */
public record OnnxModel(byte[] graph, Map<String, String> metadata) {
  /** Metadata: the YAML text of the preset whose curves the model reads. */
  public static final String PRESET = "hahn.preset";

  /** Metadata: id of the trainer that made the model. */
  public static final String MODEL = "hahn.model";

  /** Metadata: times of the samples in units of 1/gamma, as a JSON array. */
  public static final String TIMES = "hahn.times";

  /** Metadata: how the model was trained, a JSON object. */
  public static final String PROVENANCE = "hahn.provenance";

  /** Metadata: where the curves came from, if they were not simulated for it. */
  public static final String DATA = "hahn.data";

  /** Metadata: the same of the curves that it was calibrated by anew. */
  public static final String CALIBRATION_DATA = "hahn.calibration.data";

  private static final String CHECKSUM = "hahn.sha256";

  /** What stands before each piece of metadata: its number, and that its length follows. */
  private static final int METADATA_TAG =
      ModelProto.METADATA_PROPS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  public OnnxModel {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** The same model with one more, or another, piece of metadata. */
  public OnnxModel with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(key, value);
    return new OnnxModel(graph, more);
  }

  /** The whole ONNX file. */
  public byte[] bytes() {
    try {
      ModelProto.Builder model = ModelProto.parseFrom(graph).toBuilder();
      metadata.forEach((key, value) -> model.addMetadataProps(entry(key, value)));
      model.addMetadataProps(entry(CHECKSUM, checksum()));
      return model.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the graph is no ONNX model", e);
    }
  }

  /**
   * Writes the ONNX file, replacing one that is there; on failure nothing is left behind.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void write(Path file) {
    AtomicFile.write(file, path -> Files.write(path, bytes()));
  }

  /**
   * Reads a model file.
   *
   * @throws InputException if the file cannot be read, is damaged, or is no model of Hahn
   */
  public static OnnxModel read(Path file) {
    try {
      return parse(Files.readAllBytes(file), "model file " + file);
    } catch (IOException e) {
      throw InputFiles.unreadable(file, e);
    } catch (OutOfMemoryError e) {
      throw new InputException("model file %s is too large to be read".formatted(file), e);
    }
  }

  /**
   * A model from the bytes of its file.
   *
   * @param subject names the source in errors
   * @throws InputException if the bytes are damaged or no model of Hahn
   */
  public static OnnxModel parse(byte[] bytes, String subject) {
    Map<String, String> metadata = new LinkedHashMap<>();
    byte[] graph;
    try {
      graph = withoutMetadata(bytes, metadata);
    } catch (IOException e) {
      throw new InputException(
          subject
              + ": expected an ONNX model, found other bytes or a file cut short;"
              + " get an undamaged copy, or one made by `hahn train`",
          e);
    }
    String expected = metadata.remove(CHECKSUM);
    if (expected == null) {
      throw new InputException(
          subject
              + ": expected a model written by Hahn, found none of its checksum;"
              + " the file is cut short or of another program: use one made by `hahn train`");
    }
    OnnxModel model = new OnnxModel(graph, metadata);
    if (!expected.equals(model.checksum())) {
      throw new InputException(
          subject + ": its contents do not match its checksum; get an undamaged copy");
    }
    return model;
  }

  /**
   * The fields of a model that are not metadata, as they lie in the file: nothing else is made of
   * them before the checksum is found to fit, for a few damaged bytes may ask for much memory.
   *
   * @param metadata filled
   */
  private static byte[] withoutMetadata(byte[] bytes, Map<String, String> metadata)
      throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    ByteArrayOutputStream graph = new ByteArrayOutputStream(bytes.length);
    while (!in.isAtEnd()) {
      int start = in.getTotalBytesRead();
      int tag = in.readTag();
      if (tag == METADATA_TAG) {
        StringStringEntryProto entry = StringStringEntryProto.parseFrom(in.readByteArray());
        metadata.put(entry.getKey(), entry.getValue());
      } else {
        in.skipField(tag);
        graph.write(bytes, start, in.getTotalBytesRead() - start);
      }
    }
    return graph.toByteArray();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** SHA-256 of graph and metadata, in hexadecimal. */
  public String checksum() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(graph);
      metadata.forEach(
          (key, value) -> {
            digest.update((key + '\0' + value + '\0').getBytes(StandardCharsets.UTF_8));
          });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
