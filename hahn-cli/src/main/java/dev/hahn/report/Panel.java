package dev.hahn.report;

/** A part of a report with a heading of its own. */
public sealed interface Panel permits Figure, Table {}
