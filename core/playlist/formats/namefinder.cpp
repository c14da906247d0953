// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/formats/namefinder.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// No system takes more; and as deep as this the search goes.
constexpr qsizetype longestPath = 4096;

QString formOf(const QString &name)
{
    return shownName(name).normalized(QString::NormalizationForm_C);
}

QString foldedOf(const QString &form)
{
    return form.toCaseFolded().normalized(QString::NormalizationForm_C);
}

/// Where the ending begins; -1: there is none.
qsizetype dotOf(const QString &name)
{
    const qsizetype dot = name.lastIndexOf(u'.');
    return dot > 0 ? dot : -1;
}

/// The only one, or nothing.
QString only(const QHash<QString, QStringList> &names, const QString &key)
{
    const auto found = names.constFind(key);
    return found != names.cend() && found->size() == 1 ? found->constFirst() : QString();
}

} // namespace

NameFinder::NameFinder(QStringList endings)
    : m_endings(std::move(endings))
{
}

QString NameFinder::find(const QString &path)
{
    if (isThere(path))
        return path;
    const qsizetype slash = path.lastIndexOf(u'/');
    if (slash < 0 || path.size() > longestPath)
        return {};
    const QString where = folderFor(path.left(slash));
    if (where.isEmpty())
        return {};
    const QString name = nameIn(folder(where), path.mid(slash + 1), true);
    return name.isEmpty() ? QString() : joinedPath(where, name);
}

/// The folder that is meant by `path`.
QString NameFinder::folderFor(const QString &path)
{
    if (path.isEmpty())
        return u"/"_s;
    if (const auto known = m_found.constFind(path); known != m_found.cend())
        return *known;
    QString found;
    if (isFolderThere(path)) {
        found = path;
    } else if (const qsizetype slash = path.lastIndexOf(u'/'); slash >= 0) {
        const QString parent = folderFor(path.left(slash));
        const QString name =
            parent.isEmpty() ? QString() : nameIn(folder(parent), path.mid(slash + 1), false);
        if (!name.isEmpty())
            found = joinedPath(parent, name);
        if (!isFolderThere(found))
            found.clear();
    }
    m_found.insert(path, found);
    return found;
}

const NameFinder::Folder &NameFinder::folder(const QString &path)
{
    if (const auto known = m_folders.constFind(path); known != m_folders.cend())
        return *known;
    Folder &fresh = m_folders[path];
    listFolder(path, [&](const FolderItem &item) {
        const QString form = formOf(item.name);
        fresh.forms[form].append(item.name);
        fresh.folded[foldedOf(form)].append(item.name);
        if (hasForeignBytes(item.name)) // as Qt's own dialogs show it
            fresh.forms[QString::fromUtf8(pathBytes(item.name))].append(item.name);
        const qsizetype dot = dotOf(form);
        if (dot > 0 && item.kind == FolderItem::Kind::File && m_endings.contains(form.mid(dot).toLower())) {
            fresh.stems[form.left(dot)].append(item.name);
            fresh.plainStems[foldedOf(form.left(dot))].append(item.name);
        }
        return true;
    });
    return fresh;
}

QString NameFinder::nameIn(const Folder &folder, const QString &name, bool isFile) const
{
    const QString form = formOf(name);
    // The nearest first: where two names fit equally well, a wider net catches no fewer.
    QString found = only(folder.forms, form);
    if (found.isEmpty())
        found = only(folder.folded, foldedOf(form));
    const qsizetype dot = dotOf(form);
    if (!found.isEmpty() || !isFile || dot < 0 || folder.folded.contains(foldedOf(form)))
        return found;
    found = only(folder.stems, form.left(dot));
    return found.isEmpty() ? only(folder.plainStems, foldedOf(form.left(dot))) : found;
}

} // namespace cycast
