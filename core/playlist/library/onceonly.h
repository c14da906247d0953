// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStringList>

namespace cycast
{

/// Sees to it that a walk through folders meets every folder and every file once, whatever links lead there:
/// what lies in the folders that are walked is met there, what a link alone leads to is met through the first
/// link. Search and watch both ask it, and so agree about the names. Looks at links only (one realpath each).
/// Blocking.
class OnceOnly
{
public:
    /// `endings`: of the files that are taken, lower case with dot.
    explicit OnceOnly(QStringList endings = {})
        : m_endings(std::move(endings))
    {
    }

    /// Whether this file counts, by its ending.
    bool isWanted(const QString &name) const;

    /// Whether the folder is to be entered by this name: not when it is met elsewhere, or not there. For a
    /// root, which is what somebody named, and for a link the disk is asked; for all others `parent` must
    /// have been entered.
    bool enterRoot(const QString &folder);
    bool enterLink(const QString &link);
    bool enterBelow(const QString &parent, const QString &name);
    /// It is not there any more, or is another one now.
    void leave(const QString &folder);

    /// Whether the file is to be taken by this name, which is a link. Yes to the same question again.
    bool takeLink(const QString &link);
    void dropLink(const QString &link);
    /// Whether a file that is no link was taken by a link to it already, before a link led to its folder.
    bool isTaken(const QString &folder, const QString &name) const;

private:
    bool enter(const QString &folder, const QString &real);
    bool isMetByItself(const QString &real) const;

    QStringList m_endings;
    QHash<QString, QString> m_folders; ///< by name: where it is in truth
    QHash<QString, QString> m_entered; ///< the other way round
    QStringList m_tops;                ///< of the places that are walked, in truth
    QHash<QString, QString> m_links;   ///< files: link -> where it leads
    QHash<QString, QString> m_taken;   ///< the other way round
};

} // namespace cycast
