// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/places.h"

#include <QDir>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
/// What a location goes by on Unix, and where it is otherwise.
struct Named {
    QStandardPaths::StandardLocation location;
    const char *variable;
    QLatin1StringView otherwise;
};
constexpr Named named[] = {
    {QStandardPaths::GenericConfigLocation, "XDG_CONFIG_HOME", "/.config"_L1},
    {QStandardPaths::GenericDataLocation, "XDG_DATA_HOME", "/.local/share"_L1},
    {QStandardPaths::GenericCacheLocation, "XDG_CACHE_HOME", "/.cache"_L1},
};
#endif

} // namespace

QString userPlace(QStandardPaths::StandardLocation location)
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    for (const Named &each : named) {
        if (each.location == location && qEnvironmentVariableIsSet(each.variable) &&
            !QDir::isAbsolutePath(qEnvironmentVariable(each.variable)))
            return QDir::homePath() + each.otherwise;
    }
#endif
    return QStandardPaths::writableLocation(location);
}

} // namespace cycast
