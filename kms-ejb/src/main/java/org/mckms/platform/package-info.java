/** What the server stands on, whatever it serves: settings, token access, audit trail, database, health, logging. */
package org.mckms.platform;
