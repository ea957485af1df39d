package dev.hahn.sim;

/**
 * The magnetization after each sampled step. Arrays belong to the holder of the record and share
 * one length.
 *
 * @param real Re M(t) = mean m_x, |M| <= 1/2
 * @param imag Im M(t) = mean m_y
 * @param z mean m_z
 */
public record EchoCurve(double[] real, double[] imag, double[] z) {}
