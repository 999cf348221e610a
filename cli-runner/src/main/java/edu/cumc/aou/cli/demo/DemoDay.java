package edu.cumc.aou.cli.demo;

import edu.cumc.aou.simulator.source.SourceSummary;
import edu.cumc.aou.sync.report.SyncReport;
import java.time.Duration;

/**
 * A day of the demo.
 *
 * @param people what they did
 * @param apiCalls calls that the org counted
 * @param real real time that the sync took
 */
public record DemoDay(
    int day, SourceSummary people, SyncReport report, int apiCalls, Duration real) {}
