package dev.hahn.report;

import java.util.List;

/**
 * A table of the report.
 *
 * @param title heading above it; empty if it goes on with what stands before
 * @param caption what is to be seen, in sentences
 * @param header of the columns, the first that of the rows' names
 * @param rows cells as they are shown
 */
public record Table(String title, String caption, List<String> header, List<List<String>> rows)
    implements Panel {}
