/** What people at the desk look up and decide, beside the runs. */
@NullMarked
package edu.cumc.aou.sync.desk;

import org.jspecify.annotations.NullMarked;
