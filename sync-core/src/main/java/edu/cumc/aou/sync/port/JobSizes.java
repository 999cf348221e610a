package edu.cumc.aou.sync.port;

import java.time.Duration;

/**
 * When to use ingest jobs, and how large to make them.
 *
 * @param threshold up to this many records of one sort go by calls of 200, more go by ingest jobs
 * @param rowsPerJob the most rows of one job
 * @param max how long to wait for one job
 */
public record JobSizes(int threshold, int rowsPerJob, Duration max) {}
