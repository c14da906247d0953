// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/config/settings.h"

namespace cycast
{

/// What another server's settings file would change here.
struct ImportedSettings {
    QString program;      ///< "Cycast" or "Icecast"
    Settings settings;    ///< those in force with what was taken
    QStringList taken;    ///< keys that the file had, whether they differ or not
    QStringList notTaken; ///< what it had and there is nothing like it here, as the file calls it
    QStringList fresh;    ///< keys that it knows nothing of: they stay as they are
};

/// Reads Cycast's config.hcl or Icecast's icecast.xml, told apart by their content. `inForce` lends what the
/// file does not say. An error is a sentence with the place. Pure.
Result<ImportedSettings> importSettings(const QByteArray &text, const QString &fileName,
                                        const Settings &inForce);

} // namespace cycast
