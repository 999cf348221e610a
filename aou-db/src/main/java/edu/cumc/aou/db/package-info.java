/**
 * SQL Server (and H2) as this product uses them: settings, and one exception that is free of
 * personal data. Knows nothing of the sync; what does is in {@code edu.cumc.aou.db.sync}.
 *
 * @since 0.2.0
 */
@NullMarked
package edu.cumc.aou.db;

import org.jspecify.annotations.NullMarked;
