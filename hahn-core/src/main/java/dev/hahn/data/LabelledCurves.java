package dev.hahn.data;

/**
 * Curves with what made them.
 *
 * @param preset the experiment and the order of the labels' columns
 * @param curves n rows
 * @param labels parameter values, [n][parameters]
 */
public record LabelledCurves(Preset preset, Curves curves, double[][] labels) {}
