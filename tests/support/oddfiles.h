// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/paths.h"

#include <QProcess>
#include <QTemporaryDir>

#include <filesystem>

namespace cycast::test
{

/// A folder that goes with all that is in it; QTemporaryDir leaves names that are no UTF-8 behind.
class OddFolder
{
public:
    OddFolder() { m_folder.setAutoRemove(false); }
    ~OddFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_folder.path().toStdString(), ignored);
    }
    Q_DISABLE_COPY_MOVE(OddFolder)

    QString path() const { return m_folder.path(); }
    QString filePath(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

/// Lets one of the makers in tests/data/odd fill `folder`; `sound` is copied under each odd name.
inline bool makeOdd(const QString &maker, const QString &folder, const QString &sound)
{
    const QString script = sourcePath(QStringLiteral("tests/data/odd/") + maker);
    return QProcess::execute(QStringLiteral("/bin/sh"), {script, folder, sound}) == 0;
}

} // namespace cycast::test
