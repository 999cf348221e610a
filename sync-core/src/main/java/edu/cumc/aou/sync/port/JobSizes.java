package edu.cumc.aou.sync.port;

import java.time.Duration;

/**
 * When ingest jobs are used, and how large they are.
 *
 * @param threshold up to so many records of one sort go by calls of 200, more by ingest jobs
 * @param rowsPerJob the most rows of one job
 * @param max how long to wait for one job
 */
public record JobSizes(int threshold, int rowsPerJob, Duration max) {}
