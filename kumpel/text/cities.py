"""Names of other towns, which tell a question about Hamburg from one about Krefeld."""

from __future__ import annotations

from kumpel.text.fold import tokens

#: German towns of more than about 60,000 people (GeoNames, CC BY 4.0), Krefeld's
#: neighbours, and large cities abroad. Left out are names that are everyday words
#: (Halle, Hof, Essen) and parts of Krefeld (Linn, Uerdingen).
_NAMES = """
Aachen Aalen Ahlen Amsterdam Antwerpen Arnsberg Aschaffenburg Augsburg Bamberg Barcelona
Basel Bayreuth Bergheim Berlin Bielefeld Bocholt Bochum Bonn Bottrop Braunschweig Bremen
Bremerhaven Brüssel Celle Charlottenburg Chemnitz Cologne Cottbus Cuxhaven Darmstadt
Delmenhorst Dessau Detmold Dinslaken Dormagen Dorsten Dortmund Dresden Duisburg Düren
Düsseldorf Emden Erfurt Erkrath Erlangen Eschweiler Esslingen Euskirchen
Flensburg Frankfurt Frechen Freiburg Friedrichshafen Friedrichshain Fulda Fürth Garbsen
Geldern Gelsenkirchen Gera Gießen Gladbeck Göppingen Görlitz Göttingen Grevenbroich
Gronau Gummersbach Gütersloh Hagen Hamburg Hameln Hamm Hanau Hannover Hattingen
Heidelberg Heilbronn Herford Herne Herten Hilden Hildesheim Hürth Ingolstadt Iserlohn
Jena Kaarst Kaiserslautern Karlsruhe Kassel Kempen Kerpen Kevelaer Kiel Kleve Koblenz
Köln Konstanz Köpenick Korschenbroich Landshut Langenfeld Leipzig Leverkusen Lingen
Lintfort Lippstadt London Lübeck Lüdenscheid Ludwigsburg Ludwigshafen Lüneburg Lünen
Madrid Magdeburg Mailand Mainz Mannheim Marburg Marl Marzahn Meerbusch Mettmann Minden
Moabit Moers Mönchengladbach Mülheim München Munich Münster Nettetal Neukölln Neumünster
Neuss Neuwied Norderstedt Nordhorn Nürnberg Nuremberg Oberhausen Offenbach Offenburg
Oldenburg Osnabrück Paderborn Pankow Paris Passau Pforzheim Plauen Potsdam Prag
Ratingen Recklinghausen Regensburg Remscheid Reutlingen Rheinberg Rheine Rostock
Rotterdam Rüsselsheim Saarbrücken Salzgitter Schweinfurt Schwerin Schwerte Sindelfingen
Solingen Speyer Steglitz Stralsund Straubing Stuttgart Tempelhof Tönisvorst Trier
Troisdorf Tübingen Ulm Unna Velbert Venlo Viersen Villingen Warschau Wattenscheid Weimar
Wesel Wetzlar Wien Wiesbaden Wilhelmshaven Willich Witten Wolfenbüttel Wolfsburg Worms
Wuppertal Würzburg Zürich Zwickau
"""

#: Words of the fold that name another town.
OTHER_CITIES = frozenset(tokens(_NAMES))

#: Towns whose names are common words too: only after one of these is the town meant.
AMBIGUOUS_CITIES = frozenset(tokens("Essen Halle Hof Siegen"))
BEFORE_A_CITY = frozenset({"in", "aus", "nach", "stadt", "von", "bei"})
