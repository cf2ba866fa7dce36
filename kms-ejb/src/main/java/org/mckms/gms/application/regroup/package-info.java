/** Use cases of temporary groups over systems: of the managers at the primary GMS, and of the GMSs of partners. */
package org.mckms.gms.application.regroup;
