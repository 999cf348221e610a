package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.PmiId;

/**
 * A Contact to create.
 *
 * @param values the fields to set, without the PMI field; none of them blank
 */
public record ContactInsert(PmiId pmiId, FieldValues values) {}
