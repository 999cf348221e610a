package edu.cumc.aou.simulator.source;

import java.time.LocalDate;

/**
 * What one load wrote, and how the people differ from the day before. On day 1 there is no day
 * before, so nobody differs.
 *
 * <p>People who withdrew, or were blanked after a withdrawal, count only as that, and not among the
 * changed journeys and contacts. Planted rows never count as news.
 *
 * @param date the calendar date of the day
 * @param journeyRows rows of {@code dbo.healthpro}
 * @param contactRows rows of {@code dbo.vw_reporting_base}, REDCap-only rows included
 * @param redcapOnlyRows rows of the view without HealthPro columns
 * @param plantedRows malformed or duplicate rows in {@code dbo.healthpro}; 0 unless requested
 * @param newPeople people who appear for the first time
 * @param journeyChanged people with changed consents, surveys, samples, measurements or status
 * @param contactChanged people with a changed or vanished name, address, phone or e-mail
 * @param withdrawn people who withdrew, still with all their data
 * @param blanked people with data that vanished, because they withdrew two days ago
 * @param repaired people who were paired with another organisation
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
