package dev.hahn.data;

import java.nio.file.Path;

/**
 * Names of a challenge's text files.
 *
 * @param real real parts of the labelled curves
 * @param imag their imaginary parts
 * @param labels their parameters
 * @param evalReal real parts of the curves to be predicted
 * @param evalImag their imaginary parts
 * @param answer the predicted parameters
 */
public record ChallengeFiles(
    String real, String imag, String labels, String evalReal, String evalImag, String answer) {
  /** The NMR Spin Challenge of 2020, and what Hahn writes for any preset of one's own. */
  public static final ChallengeFiles OF_2020 =
      new ChallengeFiles(
          "echos_r.txt",
          "echos_i.txt",
          "mat_info.txt",
          "submit_echos_r.txt",
          "submit_echos_i.txt",
          "submitted_mat_info.txt");

  /** The challenge of 2024, whose files begin with the kernel: "gauss" or "RKKY". */
  private static ChallengeFiles of2024(String kernel) {
    return new ChallengeFiles(
        kernel + "_echos_model_r.txt",
        kernel + "_echos_model_i.txt",
        kernel + "_mat_info_model.txt",
        kernel + "_echos_eval_r.txt",
        kernel + "_echos_eval_i.txt",
        kernel + "_mat_info_eval.txt");
  }

  /** The layout that belongs to a preset. */
  public static ChallengeFiles of(Preset preset) {
    return switch (preset.id()) {
      case "challenge-2024-gauss" -> of2024("gauss");
      case "challenge-2024-rkky" -> of2024("RKKY");
      default -> OF_2020;
    };
  }

  /** The labelled curves of a folder. */
  public LabelledCurves read(Path folder, Preset preset) {
    return TextFiles.readLabelled(
        preset, folder.resolve(real), folder.resolve(imag), folder.resolve(labels));
  }
}
