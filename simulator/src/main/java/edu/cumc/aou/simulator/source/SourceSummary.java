package edu.cumc.aou.simulator.source;

import java.time.LocalDate;

/**
 * What one load wrote, and how the people differ from the day before. On day 1 nobody differs, for
 * there is no day before.
 *
 * <p>Who withdrew, or was blanked after a withdrawal, is counted as that alone and not among the
 * changed journeys and contacts. Planted rows never count as news.
 *
 * @param date the calendar date of the day
 * @param journeyRows rows of {@code dbo.healthpro}
 * @param contactRows rows of {@code dbo.vw_reporting_base}, REDCap-only rows included
 * @param redcapOnlyRows rows of the view without HealthPro columns
 * @param plantedRows malformed or duplicate rows in {@code dbo.healthpro}; 0 unless asked for
 * @param newPeople who appear for the first time
 * @param journeyChanged people whose consents, surveys, samples, measurements or status moved
 * @param contactChanged people whose name, address, phone or e-mail moved or vanished
 * @param withdrawn who withdrew, still with all their data
 * @param blanked whose data vanished because they withdrew two days ago
 * @param repaired who were paired with another organisation
 */
public record SourceSummary(
    LocalDate date,
    int journeyRows,
    int contactRows,
    int redcapOnlyRows,
    int plantedRows,
    int newPeople,
    int journeyChanged,
    int contactChanged,
    int withdrawn,
    int blanked,
    int repaired) {}
