// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/onceonly.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"

#include <algorithm>

namespace cycast
{

namespace
{

/// Whether the walk from `top` comes by `real`: hidden folders are left out.
bool isOnTheWay(const QString &real, const QString &top)
{
    if (real == top)
        return true;
    const QString start = top.endsWith(u'/') ? top : top + u'/';
    return real.startsWith(start) && !QStringView(real).sliced(start.size() - 1).contains(u"/.");
}

} // namespace

bool OnceOnly::isWanted(const QString &name) const
{
    return std::any_of(m_endings.cbegin(), m_endings.cend(), [&name](const QString &ending) {
        return name.size() > ending.size() && name.endsWith(ending, Qt::CaseInsensitive);
    });
}

bool OnceOnly::enter(const QString &folder, const QString &real)
{
    if (real.isEmpty() || m_entered.contains(real))
        return false;
    m_entered.insert(real, folder);
    m_folders.insert(folder, real);
    return true;
}

bool OnceOnly::enterRoot(const QString &folder)
{
    const QString real = realPath(folder);
    if (!enter(folder, real))
        return false;
    m_tops.append(real);
    return true;
}

bool OnceOnly::enterLink(const QString &link)
{
    const QString real = realPath(link);
    if (isMetByItself(real) || !enter(link, real))
        return false;
    m_tops.append(real);
    return true;
}

bool OnceOnly::enterBelow(const QString &parent, const QString &name)
{
    const auto real = m_folders.constFind(parent);
    return real != m_folders.cend() && enter(joinedPath(parent, name), joinedPath(*real, name));
}

void OnceOnly::leave(const QString &folder)
{
    const QString real = m_folders.take(folder);
    m_entered.remove(real);
    m_tops.removeOne(real);
}

bool OnceOnly::isMetByItself(const QString &real) const
{
    return std::any_of(m_tops.cbegin(), m_tops.cend(),
                       [&real](const QString &top) { return isOnTheWay(real, top); });
}

bool OnceOnly::takeLink(const QString &link)
{
    const QString real = realPath(link);
    const auto known = m_taken.constFind(real);
    if (known != m_taken.cend())
        return *known == link;
    if (real.isEmpty() || (isMetByItself(real) && isWanted(real)))
        return false;
    m_taken.insert(real, link);
    m_links.insert(link, real);
    return true;
}

bool OnceOnly::isTaken(const QString &folder, const QString &name) const
{
    return !m_taken.isEmpty() && m_taken.contains(joinedPath(m_folders.value(folder), name));
}

void OnceOnly::dropLink(const QString &link)
{
    if (const auto known = m_links.constFind(link); known != m_links.cend()) {
        m_taken.remove(*known);
        m_links.erase(known);
    }
}

} // namespace cycast
