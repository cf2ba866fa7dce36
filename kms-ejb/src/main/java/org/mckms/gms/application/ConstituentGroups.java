package org.mckms.gms.application;

import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import org.mckms.platform.audit.AuditNote;

/** What acts on a group mean for the temporary groups that it takes part in. Inside the transaction of the act. */
public interface ConstituentGroups {

    /**
     * Users have left a group, or it has ended: they leave the temporary groups as well, unless another group that takes part
     * there has them, and the keys that they hold there are replaced.
     *
     * @param groupUri   locked by this transaction, which has removed them already
     * @param memberUris who left
     * @param trail      takes records and writes them when everything is done
     */
    void left(
            GroupCaller caller, String groupUri, Collection<String> memberUris, Instant now, Consumer<AuditNote> trail);
}
