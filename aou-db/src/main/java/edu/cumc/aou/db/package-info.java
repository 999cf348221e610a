/**
 * SQL Server (and H2) as this product uses them: settings, and one exception that is free of
 * personal data. Knows nothing of the sync; {@code edu.cumc.aou.db.source}, {@code .store} and
 * {@code .adapter} do.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.db;

import org.jspecify.annotations.NullMarked;
