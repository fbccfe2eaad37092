"""Everyday words that are no command, for a recogniser to hear in place of the phrase that they sound a little like.

What a closed grammar does not hold is pressed into the phrases that it does hold: "chief" into "stiff", "long" into
"no". ``hearing.assembly`` puts these words beside the phrases of a script.
"""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach.words.sounds import sounds, within_one

EVERYDAY = {
    word: row or word
    for word, _, row in (
        pair.partition("=")
        for pair in """
        able=abl abnormally=abnormalE about=abWt above=abOv account=akWnt across=akros actual=aktual
        actually=aktualE afraid=afrAd after afternoon=afternUn again=ugen against=agAnst age=Ag ago=agO air=Ar
        all=ol allowed=alWed almost alone=alOn along=aloN already=alrEdE also=alsO although=alTO
        altogether=altogeTer always=alwAs am america=amerika american=amerikan among=amoN amount=amWnt an and anger
        angry=angrE another=unuTer answer any=enE anybody=anibodE anyone=aniOn anything=aniTiN apart
        apparently=aparentlE appear=apEr appearance=apErans april arch=arC are=or arm around=arWnd art as ask asked
        at ate=At attack=atak attention=atenSun aunt=ant australia=ostralia author=oTor away=oA back=bak bad
        badly=badlE ball=bal band bank bathroom=baTrUm be=bE beach=bEC bear=bEr beat=bEt beautiful=bEutiful
        beauty=bEutE became=bekAm because=bekOs become=bekOm bed been=bin before=befOr began begin beginning=beginiN
        behind being=bAN believe=belEv below=belW best better=beter between=betwEn beyond=bAond big bill=bil
        billy=bilE bird biscuit=biskuit bit black=blak blue=blU board=bOrd boat=bOt bob body=bodE bold book=bUk
        boots=bUts both=boT bow=bW bows=bWs boxing=boksiN boy=bJ bread=brEd break=brAk breakfast=brEkfast
        bridge=brij broken brother=broTer brought=brOt brown=brWn bus business=busIns busy=busE but buy=buE by=bE
        cabbage=kabAg cake=kAk call=kal called=kaled came=kAm can=kan canada=kanada cannot=kanot cap=kap car=kar
        care=kAr carried=karEd carrot=karot case=kAs cat=kat caught=kot cause=kOs causes=kOss certain=sertAn
        certainly=sertAnlE chance=Cans change=Cang chapter=Capter character=Carakter check=Cek cheese=CEs child=Cild
        children=Cildren china=Cina choice=CJs choose=CUs church=CurC city=sitE class=klas clean=klEn clear=klEr
        clever=klever close=klOs closed=klosed cloth=kloT coat=kOt college=koleg colored=kolored come=kum comes=kOms
        comfortable=komfortabl coming=kumiN common=komon condition=kondiSun consequence=konsekwens
        considerable=konsiderabl considerably=konsiderablE consideration=konsideraSun considered=konsidered
        constantly=konstantlE contained=kontAned continue=kontinU control=kontrol cool=kUl corn=korn could=kWld
        country=kWntrE course=kWrs court=kWrt cover=kover cow=kW creature=krEtUr cross=kros cup=kup dark date=dAt
        david day=dA days=dAs dead=ded deal=dEl dear=dEr death=dET declared=deklared depends did difference=diferens
        different=diferent difficult=difikult difficulty=difikultE disposition=disposiSun do=dO doctor=doktor
        does=duz doing=dJN done=dun door=dUr doubt=dWbt down=dWn draw=drO drawing=droiN dreadful=drEdful dream=drEm
        dreams=drEms drink drive=drIv driving=driviN drops duck=duk due=dU during=duriN duty=dutE each=EC ear=Er
        early=ErlE earth=ErT easy=EzE eat=Et effect=efekt eight=At eighteen=AtEn either=ATer else=els end ends
        english=engliS enjoy=enjJ enough=inuf entered entire=entIr especially=espesialE even evening=eveniN events
        ever every=everE everybody=everibodE everyone=everiOn everything=everiTiN except=eksept excited=eksited
        expect=ekspekt expected=ekspekted extraordinary=ekstraordinarE eye=A eyes=Aes face=fAs fact=fakt
        failure=fAlUr fair=fAr faith=fAT fall=fal falling=faliN falls=fals families=familEs family=familE fan far
        farm fat father=faTer fear=fEr feel=fEl feeling=fEliN feels=fEls feet=fEt few=fU field=fEld fields=fElds
        fifteen=fiftEn fifty=fiftE fight=fIt fighting=fItiN filled=filed final find fine=fIn finished=finiSt
        fire=fIr first fish=fiS fit five=fIv floor=flUr flying=fliiN followed=folWed following=folWiN food=fUd
        foot=fUt for forget form forty=fortE forward found=fWnd four=for fourteen=fortEn free=frE french=frenC
        fresh=freS friday=fridA friend=frend friends=frEnds friendship=frEndSip from front full=ful fun
        further=furTer future=futUr game=gAm games=gAms garden gave=gAv general generally=generalE gentle=gentl get
        getting=getiN girl girls give=giv given gives=gIvs giving=giviN glad glass=glas gloves=glOvs go=gO goat=gOt
        god gods goes=gOs going=gOiN gold golf gone=gOn good=gUd goose=gUs got government grave=grAv great=grAt
        greatly=grEtlE green=grEn grew=grU ground=grWnd grow=grW guess=gUs had hair=hAr half=haf hamburger hand
        hands hanging=hangiN happen=hapen happened=hapened happens=hapens happiness=hapIns happy=hapE hard
        hardly=hardlE has hat have=hav having=haviN he=h head=hed heads=hEds hear=hEr heard=hErd heart=hErt
        heaven=hEven held help her here=her high=hI him himself his hit hold=hOld home=hOm hope=hOp hoped horizon
        horse=hors hospital hot hour=Wr hours=hWrs houses=hWses how=hW however=hWever human hundred=hundrid hurt
        idea=idE ideas=idEs if ill=il importance=importans important imposition=imposiSun in increases=inkrEses
        indeed=indEd influence=inflUns interest interesting=interestiN into=intO is=iz it its itself jack=jak
        jacket=jaket japan jeans=jEns job john jump jumped june=jUn just keep=kEp killed=kiled kind kindness=kindnes
        king=kiN knew=nU know=nO known=nWn knows=nWs lady=ladE land large=larg last late=lAt later law=lO lay=lA
        learn=lErn learned=lErned least=lEst leave=lEv left length=lengT less=les let letter=leter life=lIf
        light=lIt like=lIk liked likes=lIks line=lIn lips listen listening=listeniN little=litl live=liv lived
        lives=lIvs living=liviN london long=loN longer look=lUk looked=lUked looking=lUkiN looks=lUks lord lose=lOs
        lost lot love=luv loved lovely=lovelE loves=lOvs low=lW luck=luk lucy=lusE made=mAd mainly=mAnlE make=mAk
        makes=mAks making=makiN man manner=maner many=menE march=marC mark marry=marE mary=marE master matter=mater
        may=mA maybe=mAb me=m mean=mEn means=mEns meat=mEt meet=mEt men mere=mer middle=midl midst might=mIt
        mike=mIk mind mine=mIn miss=mis missed=mised mister mixed=miksed moment money=monA monkey=monkA month=monT
        months=monTs moon=mUn more=mor morning=morniN most mother=moTer motion=moSun mountain=mWntAn
        mountains=mWntAns mouth=mWT move=mUv movie=movE moving=moviN much=muC mushroom=muSrUm music=musik must my=mE
        myself=miself name=nAm nation=naSun nature=natUr near=nEr nearly=nErlE necessary=nesesarE need=nEd
        needs=nEds neither=nATer never new=nU news=nUs next=nekst nice=nIs night=nIt nine=nIn nineteen=ninetEn
        ninety=nIntE no=nO none=nun noodles=nUdles nor norsemen not nothing=noTiN now=nW number nurse=nurs obliged
        observed occasion=okaSun occurred=okured of=uv off=of offer=ofer office=ofIs often oh=O old on once=wuns
        one=wun ones=Ons only=OnlE open opened opinion or order other=oTer others=oTers ought=Ot our=Wr out=Wt over
        own=Wn pain=pAn paint=pAnt pants paper parents park part parts party=partE pass=pas passage=pasAg
        passed=pased passion=pasSun past path=paT pay=pA pea=pE peace=pEs peas=pEs pen people=peopl perfect=perfekt
        perhaps period person pet peter phone=fOn physicists=fisisists picture=piktUr place=plAs places=plAss plan
        plane=plAn play=plA player=plAer players=plAers pleasant=plEsant please=plEs pleased=plEsed pleasure=plEsUr
        point=pJnt police=polIs poor=pUr pork portion=porSun position=posiSun possible=posibl post pot potato=potatO
        power=pWer powerful=pWerful prepared present preserved pressure=presUr pretty=pretE pride=prId
        primary=primarE probably=probablE problem property=propertE proud=prWd public=publik purpose=purpOs put
        quarter=kwarter queen=kwEn question=kwesSun questions=kwesSuns quiet=kwEt quite=kwIt race=rAs racing=rasiN
        rainbow=rAnbW rainbows=rAnbWs raindrops=rAndrops ran rather=raTer reach=rEC reached=rECed read=rEd
        ready=redE real=rEl really=rElE reason=rEson received=resAved red reflection=reflekSun remained=remAned
        remember respect=respekt rest result return returned returning=returniN rice=rIs rich=riC ride=rId right=rIt
        rise=rIs risk road=rOd rock=rok room=rUm rose=rOs round=rWnd run running=runiN runs sad safe=sAf said=sed
        same=sAm sand sandy=sandE saturday=saturdA saved saw=sO say=sA says=sAs school=sCUl science=sEns sea=sE
        season=sEson second=sekund see=sE seeing=sEiN seek=sEk seem=sEm seemed=sEmed seems=sEms seen=sEn sense=sens
        series=serEs serious=seriWs service=servIs set seven=sevun seventeen=seventEn several shall=Sal shame=SAm
        shape=SAp she=S sheep=SEp ship=Sip shirt=Sirt shoes=SOs shop=Sop shore=SOr short=Sort shorts=Sorts
        should=SWld shoulder=SOlder show=SO showed=SWed showing=SWiN side=sId sides=sIds sight=sIt silence=silens
        simple=simpl since=sins single=singl sir sister sit situation=situaSun six=siks sixteen=sikstEn sixth=siksT
        sixty=sikstE size=sIz sky=skE slabs sleep=slEp slow=slO small=smal smells=smels smile=smIl smiled snack=snak
        snow=snW so=sO society=sosEtE socks=soks some=sum somebody=somebodE someone=someOn something=someTiN
        sometimes=sometIms son song=soN soon=sUn sorry=sorE sort space=spAs speak=spEk speaking=spEkiN
        special=spesial spirit spoons=spUns spring=spriN stand start started state=stAt states=stAts stay=stA step
        still=stil stood=stUd stop story=storE strange=strang stream=strEm street=strEt strong=stroN student
        study=studE such=suC summer=sumer sunday=sundA supposed=suposed sure=sUr surely=surelE sweater=swEter
        system=sistem table=tabl take=tAk taken talk talked talking=talkiN tea=tE tell=tel ten tennis=tenis
        terrible=teribl than=Tan thank=Tank thanks=Tanks that=Tat the=Tu thee=TE their=Ter them=Tem
        themselves=Temselves then=Ten there=Ter therefore=TerefOr these=Tes they=TA thick=Tik thing=TiN things=Tings
        think=Tink third=Tird thirty=TirtE this=Tis those=TOs thou=TW though=TO thought=TOt thousand=TWsand
        three=TrE through=TrU thus=Tus tiger till=til time=tIm to=tU today=tudA together=togeTer told tom
        tomorrow=tomorW tonight=tonIt too=tU took=tUk top town=tWn train=trAn tried=trEd troops=trUps true=trU trust
        truth=truT try=trE trying=triiN turn turned twelve=twelv twenty=twentE two=tU type=tip under understand
        united until up upon us use=Us used usual van very=verE view=vEw visit voice=vJs wait=wAt waiting=wAtiN
        wake=wAk walk walked walking=walkiN wall=wal want=wont wanted wants war was=wuz washed=waSed watch=waC water
        way=wA we=wE wednesday=wednesdA week=wEk weekend=wEkend weeks=wEks welcome=welkOm well=wel went were=wur
        west what=wut whatever=watever when=wen where=wer which=wiC while=wIl white=wIt who=hU whole=wOl whose=wOs
        why=wE wide=wId will=wil win window=windW winter wish=wiS wished=wiSed with=wiT within=wiTin without=wiTWt
        woman wonder wonderful word words work=wurk working=workiN world worse=wors would=wWld wrong=roN year=yEr
        years=yErs yellow=yelW yes yet you=yU young=yWN your=yor yourself=yWrself zero=zErO
        """.split()  # noqa: SIM905 - a table of words reads best as text
    )
}
"""The thousand words that most speakers say in the sentences that the built-in ear was trained on (docs/model-log.md),
and how each sounds where it is spelt otherwise, as ``sounds`` has it: working that out takes longer than the rest."""


def everyday_words(phrases: Iterable[str]) -> tuple[str, ...]:
    """Those of the everyday words that no phrase holds and that are farther than one sound from every single word.

    A word within one sound of "yes" would be heard for a "yes" too often.
    """
    said = list(phrases)
    held = {word for phrase in said for word in phrase.split()}
    near: dict[str, list[str]] = {}
    for single in {sounds(phrase) for phrase in said if " " not in phrase}:
        for part in _shortened(single):
            near.setdefault(part, []).append(single)

    def is_far(row: str) -> bool:
        return not any(within_one(row, single) for part in _shortened(row) for single in near.get(part, ()))

    return tuple(word for word, row in EVERYDAY.items() if word not in held and is_far(row))


def _shortened(row: str) -> set[str]:
    """A row of sounds, and the same without one of them: two rows within one sound of each other share one of these."""
    return {row, *(row[:at] + row[at + 1 :] for at in range(len(row)))}
