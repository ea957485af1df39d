package dev.hahn.report;

/**
 * What one model answered for the test curves.
 *
 * @param id id of the model
 * @param title what the model is, one line
 * @param predicted answers, [rows][parameters], physical units
 * @param score how far they are from the truth
 * @param seconds how long the training took; NaN where it is not known
 */
public record ModelResult(
    String id, String title, double[][] predicted, Score score, double seconds) {}
